// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.sqlite;

import io.github.debouncedbuffer.spi.StoreException;
import io.github.debouncedbuffer.spi.StoreException.Reason;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the database to one owner, by a lock on a file of its own beside it. The system releases it
 * when the process dies; the file stays, because removing it would let two owners in.
 *
 * <p>On POSIX systems a process loses its lock when it closes <em>any</em> channel to the file. A
 * second opener within this JVM must therefore be turned away before it has opened one, and must be
 * seen through class loaders, which do not share static fields: so the names of the locks held
 * stand among the system properties.
 */
final class OwnerLock {

  private static final Logger LOG = LoggerFactory.getLogger(OwnerLock.class);

  private final String name;
  private final FileChannel channel;

  private OwnerLock(String name, FileChannel channel) {
    this.name = name;
    this.channel = channel;
  }

  static OwnerLock acquire(DatabaseFile database) {
    Path file = database.beside(".lock");
    String name = name(file);
    if (System.getProperties().putIfAbsent(name, "held") != null) {
      throw inUse(database, "by this process");
    }
    boolean acquired = false;
    try {
      OwnerLock lock = new OwnerLock(name, lockedChannel(database, file));
      acquired = true;
      return lock;
    } finally {
      if (!acquired) {
        System.getProperties().remove(name);
      }
    }
  }

  /** After the identity of the file, where there is one: a file may have several paths. */
  private static String name(Path file) {
    try {
      Files.createFile(file, DatabaseFile.ownerOnly());
    } catch (FileAlreadyExistsException usual) {
      LOG.trace("{} is there from an earlier time", file);
    } catch (IOException e) {
      throw DatabaseFile.cannotCreate(file, e);
    }
    try {
      Object identity = Files.readAttributes(file, BasicFileAttributes.class).fileKey();
      return OwnerLock.class.getName() + ":" + (identity == null ? file : identity);
    } catch (IOException e) {
      throw DatabaseFile.cannotCreate(file, e);
    }
  }

  private static FileChannel lockedChannel(DatabaseFile database, Path file) {
    FileChannel channel;
    try {
      channel = FileChannel.open(file, StandardOpenOption.WRITE);
    } catch (IOException e) {
      throw DatabaseFile.cannotCreate(file, e);
    }
    boolean locked = false;
    try {
      locked = channel.tryLock() != null;
    } catch (OverlappingFileLockException e) {
      throw inUse(database, "by this process");
    } catch (IOException e) {
      throw new StoreException(Reason.UNAVAILABLE, file + " cannot be locked", e);
    } finally {
      if (!locked) {
        close(channel);
      }
    }
    if (!locked) {
      throw inUse(database, "by another process");
    }
    return channel;
  }

  private static StoreException inUse(DatabaseFile database, String by) {
    return new StoreException(
        Reason.IN_USE,
        database + " is in use " + by + "; close that one first, or use another file");
  }

  void release() {
    close(channel);
    System.getProperties().remove(name);
  }

  private static void close(FileChannel channel) {
    try {
      channel.close();
    } catch (IOException e) {
      LOG.warn("Closing a lock file failed; the lock is held until the process ends", e);
    }
  }
}
