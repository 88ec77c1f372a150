// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.proof;

import io.github.debouncedbuffer.spi.BufferStore;
import io.github.debouncedbuffer.sqlite.SqliteBufferStore;
import io.github.debouncedbuffer.sqlite.SqliteOptions;
import io.github.debouncedbuffer.testkit.simulation.Simulation;
import io.github.debouncedbuffer.testkit.simulation.StoreSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** SQLite files; a crash is a copy of the files of a database that nobody has closed. */
final class SqliteSource implements StoreSource {

  private final Path directory;
  private final List<BufferStore> opened = new ArrayList<>();
  private int crashes;

  private SqliteSource(Path directory) {
    this.directory = directory;
  }

  /** Every scenario has a folder of its own, which is removed behind it. */
  static Simulation simulation(Path parent) {
    AtomicInteger number = new AtomicInteger();
    return Simulation.over(
        () -> {
          Path own = parent.resolve("scenario-" + number.incrementAndGet());
          try {
            return new SqliteSource(Files.createDirectory(own));
          } catch (IOException failed) {
            throw new UncheckedIOException(failed);
          }
        });
  }

  @Override
  public BufferStore open() {
    BufferStore store =
        SqliteBufferStore.open(database(crashes), SqliteOptions.defaults().withStoreId("sqlite"));
    opened.add(store);
    return store;
  }

  @Override
  public BufferStore afterCrash() {
    Path from = database(crashes++);
    try {
      for (String suffix : List.of("", "-wal")) {
        if (Files.exists(Path.of(from + suffix))) {
          Files.copy(Path.of(from + suffix), Path.of(database(crashes) + suffix));
        }
      }
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
    return open();
  }

  private Path database(int number) {
    return directory.resolve("chat-" + number + ".db");
  }

  @Override
  public void close() {
    opened.forEach(BufferStore::close);
    try (var files = Files.list(directory)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
      Files.delete(directory);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }
}
