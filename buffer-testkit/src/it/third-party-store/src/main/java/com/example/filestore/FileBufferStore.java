// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package com.example.filestore;

import io.github.debouncedbuffer.spi.BufferStore;
import io.github.debouncedbuffer.spi.StoreException;
import io.github.debouncedbuffer.spi.StoreException.Reason;
import io.github.debouncedbuffer.spi.StoreWork;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The simplest durable store: one file that each transaction writes anew. The new file is forced to
 * the disk and then takes the old one's place in one step, so a crash leaves the one or the other.
 * Too slow for more than a demonstration. Thread-safe: one transaction at a time.
 */
public final class FileBufferStore implements BufferStore {

  private final ReentrantLock lock = new ReentrantLock();
  private final Path directory;
  private final FileChannel owner;
  private Contents contents;
  private boolean closed;

  private FileBufferStore(Path directory, FileChannel owner, Contents contents) {
    this.directory = directory;
    this.owner = owner;
    this.contents = contents;
  }

  /**
   * Opens the store in a directory, and makes one if there is none yet.
   *
   * @param directory an existing directory of this store alone
   * @return the open store
   * @throws StoreException IN_USE if another store object has it open; CORRUPT if its file cannot
   *     be read; UNAVAILABLE if the directory cannot be used
   */
  public static FileBufferStore open(Path directory) {
    FileChannel owner = null;
    try {
      owner = own(directory.resolve("owner"));
      Path file = directory.resolve("store");
      Contents contents =
          Files.exists(file)
              ? StoreFile.read(Files.readAllBytes(file))
              : new Contents(UUID.randomUUID().toString());
      var store = new FileBufferStore(directory, owner, contents);
      store.commit(contents);
      return store;
    } catch (IOException e) {
      throw new StoreException(Reason.UNAVAILABLE, "cannot use " + directory, e);
    }
  }

  private static FileChannel own(Path file) throws IOException {
    FileChannel owner = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      if (owner.tryLock() != null) {
        return owner;
      }
    } catch (OverlappingFileLockException e) {
      // Held in this process: the same answer.
    }
    owner.close();
    throw new StoreException(Reason.IN_USE, file + " is held by another store object");
  }

  @Override
  public String storeId() {
    return contents.storeId;
  }

  @Override
  public <R> R transact(StoreWork<R> work) {
    if (lock.isHeldByCurrentThread()) {
      throw new IllegalStateException("a transaction cannot be nested in another one");
    }
    lock.lock();
    try {
      if (closed) {
        throw new StoreException(Reason.CLOSED, "this store is closed");
      }
      Contents changed = contents.copy();
      R result = work.in(new FileTransaction(changed)); // an exception leaves the copy behind
      commit(changed);
      return result;
    } finally {
      lock.unlock();
    }
  }

  private void commit(Contents changed) {
    Path next = directory.resolve("store.next");
    try {
      Files.write(next, StoreFile.write(changed));
      force(next, StandardOpenOption.WRITE);
    } catch (IOException e) {
      throw new StoreException(Reason.UNAVAILABLE, "nothing was stored", e);
    }
    try {
      Files.move(next, directory.resolve("store"), StandardCopyOption.ATOMIC_MOVE);
      force(directory, StandardOpenOption.READ);
    } catch (IOException e) {
      closed = true; // what is on the disk is seen at the next opening
      throw new StoreException(Reason.OUTCOME_UNKNOWN, "the new file may be in place or not", e);
    }
    contents = changed;
  }

  private static void force(Path path, StandardOpenOption how) throws IOException {
    try (FileChannel channel = FileChannel.open(path, how)) {
      channel.force(true);
    }
  }

  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      owner.close(); // again: does nothing
    } catch (IOException e) {
      throw new StoreException(Reason.UNAVAILABLE, "the lock file cannot be closed", e);
    } finally {
      lock.unlock();
    }
  }
}
