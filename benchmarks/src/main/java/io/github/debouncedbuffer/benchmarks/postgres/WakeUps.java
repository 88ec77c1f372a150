// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.benchmarks.postgres;

import io.github.debouncedbuffer.BatchInfo;
import io.github.debouncedbuffer.BufferListener;
import io.github.debouncedbuffer.DebouncedBuffer;
import io.github.debouncedbuffer.Receipt;
import io.github.debouncedbuffer.WindowPolicy;
import io.github.debouncedbuffer.benchmarks.limits.Submitters;
import io.github.debouncedbuffer.spi.BufferStore;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * One node accepts, and its only worker hangs; another has nothing to do. How long after a key is
 * due the other's handler is called. One key at a time, so that the other has always to be told.
 * Server and nodes share a clock.
 */
final class WakeUps {

  private static final long PATIENCE_SECONDS = 60;

  private final WindowPolicy window;
  private final Duration longestPause;
  private final Random random = new Random(1);
  private final CountDownLatch hanging = new CountDownLatch(1);
  private final CountDownLatch release = new CountDownLatch(1);
  private final BlockingQueue<Instant> handled = new LinkedBlockingQueue<>();
  private final Semaphore idle = new Semaphore(0);

  /**
   * Measures once.
   *
   * @param longestPause before each submit, so that who looks by himself does it at any time
   */
  WakeUps(Duration window, Duration longestPause) {
    this.window = WindowPolicy.fixed(window);
    this.longestPause = longestPause;
  }

  /**
   * As often as that. Closes both stores.
   *
   * @param busy of the node that accepts
   * @param free of the node that handles
   */
  Map<String, Double> measure(BufferStore busy, BufferStore free, int samples)
      throws InterruptedException {
    try (DebouncedBuffer<String> accepting = accepting(busy)) {
      accepting.submit("wati:50370000001", Submitters.PAYLOAD);
      hanging.await();
      DebouncedBuffer<String> handling = handling(free);
      try {
        long unused = lateNanos(accepting); // it may still be connecting, to be told anything
        long[] late = new long[samples];
        for (int i = 0; i < samples; i++) {
          late[i] = lateNanos(accepting);
        }
        return figures(late);
      } finally {
        handling.close();
        release.countDown();
      }
    }
  }

  private DebouncedBuffer<String> accepting(BufferStore store) {
    return Nodes.buffer(store, window)
        .workers(1)
        .handler(
            batch -> {
              hanging.countDown();
              release.await();
            })
        .start();
  }

  private DebouncedBuffer<String> handling(BufferStore store) {
    return Nodes.buffer(store, window)
        .handler(batch -> handled.add(Instant.now()))
        .listener(new Idle())
        .start();
  }

  /** After its completion it has seen all that is due: only then may the next key come. */
  private final class Idle implements BufferListener {
    @Override
    public void completed(BatchInfo batch, Duration took, Instant at) {
      idle.release();
    }
  }

  private long lateNanos(DebouncedBuffer<String> accepting) throws InterruptedException {
    LockSupport.parkNanos((long) (random.nextDouble() * longestPause.toNanos()));
    Receipt receipt = accepting.submit("wati:50370000002", Submitters.PAYLOAD);
    @Nullable Instant at = handled.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
    if (at == null || !idle.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      throw new IllegalStateException("Nobody has handled a key for a minute");
    }
    return Duration.between(receipt.dueAt().orElseThrow(), at).toNanos();
  }

  private static Map<String, Double> figures(long[] late) {
    Arrays.sort(late);
    Map<String, Double> figures = new LinkedHashMap<>();
    figures.put("p50 ms", late[late.length / 2] / 1e6);
    figures.put(SeveralNodes.P99, late[late.length * 99 / 100] / 1e6);
    figures.put("max ms", late[late.length - 1] / 1e6);
    return figures;
  }
}
