// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.benchmarks.scale;

import io.github.debouncedbuffer.Codec;
import io.github.debouncedbuffer.DebouncedBuffer;
import io.github.debouncedbuffer.DebouncedBufferBuilder;
import io.github.debouncedbuffer.Handler;
import io.github.debouncedbuffer.WindowPolicy;
import io.github.debouncedbuffer.spi.BufferStore;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.function.LongFunction;

/** A buffer with many keys that wait. */
final class Waiting {

  static final Duration FOR_EVER = Duration.ofDays(300);
  private static final int ON_THE_WAY = 5_000;

  private Waiting() {}

  static DebouncedBufferBuilder<String> buffer(BufferStore store, Handler<String> handler) {
    return DebouncedBuffer.builder(Codec.utf8())
        .store(store)
        .window(WindowPolicy.fixed(FOR_EVER))
        .handler(handler);
  }

  /** The nth key; of one length, and without a pattern that would help a tree. */
  static String key(long n) {
    return "wati:50370" + String.format("%08d", n * 7_919_003L % 100_000_000);
  }

  /** Submits message after message and returns when all are stored. */
  static void submit(
      DebouncedBuffer<String> buffer, long messages, LongFunction<String> keys, String payload)
      throws InterruptedException {
    Semaphore free = new Semaphore(ON_THE_WAY);
    for (long n = 0; n < messages; n++) {
      free.acquire();
      var unused =
          buffer.submitAsync(keys.apply(n), null, payload).whenComplete((r, why) -> free.release());
    }
    free.acquire(ON_THE_WAY);
  }
}
