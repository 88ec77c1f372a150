// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.benchmarks.limits;

import io.github.debouncedbuffer.Codec;
import io.github.debouncedbuffer.DebouncedBuffer;
import io.github.debouncedbuffer.Handler;
import io.github.debouncedbuffer.WindowPolicy;
import io.github.debouncedbuffer.sqlite.SqliteBufferStore;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.LongAdder;

/** The same work through this library. */
final class OursAtTheLimit {

  private static final int ON_THE_WAY = 5_000;

  private OursAtTheLimit() {}

  private static DebouncedBuffer<String> open(
      Path folder, Duration window, Handler<String> handler) {
    return DebouncedBuffer.builder(Codec.utf8())
        .store(SqliteBufferStore.open(folder.resolve("buffer.db")))
        .window(WindowPolicy.fixed(window))
        .workers(256)
        .handler(handler)
        .start();
  }

  /** Blocking submitters, nothing due. Returns messages per second. */
  static double accepted(Path folder, int submitters, ThreadFactory threads, long nanos)
      throws InterruptedException, ExecutionException {
    try (var buffer = open(folder, Duration.ofHours(1), batch -> {})) {
      return Submitters.waiting(List.of(buffer), submitters, threads, nanos).perSecond();
    }
  }

  /** One blocking submitter. Returns how long each submit took, in nanoseconds. */
  static long[] alone(Path folder, long nanos) {
    long[] taken = new long[4_000_000];
    int count = 0;
    try (var buffer = open(folder, Duration.ofHours(1), batch -> {})) {
      long begin = System.nanoTime();
      for (long at = begin; at - begin < nanos; ) {
        buffer.submit("wati:5037000" + count % 400, Submitters.PAYLOAD);
        long now = System.nanoTime();
        taken[count++] = now - at;
        at = now;
      }
    }
    return Arrays.copyOf(taken, count);
  }

  /**
   * Asynchronous submitters, end to end, batches of about five, from the first one that is handled
   * on. Returns handled messages per second.
   */
  static double endToEnd(Path folder, int keys, long nanos) throws InterruptedException {
    LongAdder handled = new LongAdder();
    Semaphore onTheWay = new Semaphore(ON_THE_WAY);
    // In this time a key gets about five messages, at the speed that this machine has.
    Duration window = Duration.ofMillis(Math.max(200, keys / 20));
    try (var buffer = open(folder, window, batch -> handled.add(batch.messages().size()))) {
      long begin = 0;
      long before = 0;
      for (long n = 0; begin == 0 || System.nanoTime() - begin < nanos; n++) {
        onTheWay.acquire();
        if (begin == 0 && handled.sum() > 0) {
          begin = System.nanoTime();
          before = handled.sum();
        }
        var unused =
            buffer
                .submitAsync("wati:5037000" + n * 7919 % keys, null, Submitters.PAYLOAD)
                .whenComplete((receipt, failure) -> onTheWay.release());
      }
      return (handled.sum() - before) * 1e9 / (System.nanoTime() - begin);
    }
  }
}
