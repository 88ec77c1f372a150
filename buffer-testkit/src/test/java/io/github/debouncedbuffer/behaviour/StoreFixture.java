// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.behaviour;

import io.github.debouncedbuffer.memory.InMemoryBufferStore;
import io.github.debouncedbuffer.spi.BufferStore;
import io.github.debouncedbuffer.sqlite.SqliteBufferStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How a test gets a store, gets it back after a close, and after a crash. */
interface StoreFixture extends AutoCloseable {

  /** The data as they are, in a store object that is open. */
  BufferStore open();

  /**
   * As if the process had died now: what was committed is there, the old store object is forgotten.
   */
  BufferStore afterCrash();

  @Override
  void close();

  /** In memory: the data go from one store object to the next. */
  final class Memory implements StoreFixture {
    private @Nullable InMemoryBufferStore store;

    @Override
    public BufferStore open() {
      store = store == null ? new InMemoryBufferStore("memory") : store.reopen();
      return store;
    }

    @Override
    public BufferStore afterCrash() {
      return open();
    }

    @Override
    public void close() {}
  }

  /** On disk: a crash is a copy of the files of a database that nobody has closed. */
  final class Sqlite implements StoreFixture {
    private final Path directory;
    private final List<BufferStore> opened = new ArrayList<>();
    private int crashes;

    Sqlite(Path directory) {
      this.directory = directory;
    }

    @Override
    public BufferStore open() {
      BufferStore store = SqliteBufferStore.open(database(crashes));
      opened.add(store);
      return store;
    }

    @Override
    public BufferStore afterCrash() {
      Path from = database(crashes++);
      for (String suffix : List.of("", "-wal")) {
        copy(Path.of(from + suffix), Path.of(database(crashes) + suffix));
      }
      return open();
    }

    @Override
    public void close() {
      opened.forEach(BufferStore::close);
    }

    private Path database(int number) {
      return directory.resolve("chat-" + number + ".db");
    }

    private static void copy(Path from, Path to) {
      try {
        if (Files.exists(from)) {
          Files.copy(from, to);
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
