// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.benchmarks.scale;

import io.github.debouncedbuffer.memory.InMemoryBufferStore;
import io.github.debouncedbuffer.spi.BufferStore;
import io.github.debouncedbuffer.sqlite.SqliteBufferStore;
import java.nio.file.Path;

/** The stores that are measured. */
public enum Stores {
  MEMORY("memory") {
    @Override
    public BufferStore open(Path folder) {
      return new InMemoryBufferStore();
    }
  },
  SQLITE("SQLite") {
    @Override
    public BufferStore open(Path folder) {
      return SqliteBufferStore.open(folder.resolve("buffer.db"));
    }
  };

  private final String title;

  Stores(String title) {
    this.title = title;
  }

  String title() {
    return title;
  }

  /** A new one in an empty folder. */
  public abstract BufferStore open(Path folder);
}
