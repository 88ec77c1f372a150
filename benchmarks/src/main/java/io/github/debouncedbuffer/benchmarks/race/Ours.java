// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.benchmarks.race;

import io.github.debouncedbuffer.Codec;
import io.github.debouncedbuffer.DebouncedBuffer;
import io.github.debouncedbuffer.WindowPolicy;
import io.github.debouncedbuffer.memory.InMemoryBufferStore;
import io.github.debouncedbuffer.spi.BufferStore;
import io.github.debouncedbuffer.sqlite.SqliteBufferStore;
import java.nio.file.Path;
import java.time.Duration;

/** This library, over one of its stores. */
enum Ours implements Contender {
  SQLITE("DebouncedBuffer, SQLite") {
    @Override
    BufferStore open(Path folder) {
      return SqliteBufferStore.open(folder.resolve("buffer.db"));
    }
  },
  MEMORY("DebouncedBuffer, memory") {
    @Override
    BufferStore open(Path folder) {
      return new InMemoryBufferStore();
    }
  };

  private final String title;

  Ours(String title) {
    this.title = title;
  }

  abstract BufferStore open(Path folder);

  @Override
  public String title() {
    return title;
  }

  @Override
  public String bias() {
    return "";
  }

  @Override
  public Running start(Path folder, Duration window, int workers, Handler handler) {
    DebouncedBuffer<String> buffer =
        DebouncedBuffer.builder(Codec.utf8())
            .store(open(folder))
            .window(WindowPolicy.fixed(window))
            .workers(workers)
            .handler(batch -> handler.handle(batch.key(), batch.payloads()))
            .start();
    return new Running() {
      @Override
      public void submit(String key, String payload) {
        buffer.submit(key, payload);
      }

      @Override
      public void close() {
        buffer.close();
      }
    };
  }
}
