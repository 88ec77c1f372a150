// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.soak;

import io.github.debouncedbuffer.Batch;
import io.github.debouncedbuffer.Codec;
import io.github.debouncedbuffer.DebouncedBuffer;
import io.github.debouncedbuffer.WindowPolicy;
import io.github.debouncedbuffer.spi.BufferStore;
import io.github.debouncedbuffer.spi.StoreStats;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A buffer with its own clock, on real threads, through which keys come and go, each but once. Its
 * executor is of a fixed size: the default one starts a thread whenever none is idle, for each of a
 * thousand receipts if need be, and that would hide a thread which is left behind.
 */
final class Soak implements AutoCloseable {

  static final int KEYS_A_ROUND = 1_000;
  static final int WORKERS = 8;

  private static final Duration WINDOW = Duration.ofMillis(1);
  private static final Duration RETENTION = Duration.ofMillis(50);

  private final Semaphore unseen = new Semaphore(0);
  private final AtomicLong handled = new AtomicLong();
  private final ExecutorService executor = Executors.newFixedThreadPool(WORKERS);
  private final DebouncedBuffer<String> buffer;
  private long keys;

  Soak(BufferStore store) {
    buffer =
        DebouncedBuffer.builder(Codec.utf8())
            .store(store)
            .window(WindowPolicy.fixed(WINDOW))
            .idRetention(RETENTION)
            .workers(WORKERS)
            .executor(executor)
            .handler(this::handle)
            .start();
  }

  /**
   * Lets so many more keys come and go, and returns when nothing of them is stored any more, or
   * their ids have stayed far longer than they should. Ids are cleaned up by what comes later.
   */
  StoreStats pass(int more) throws InterruptedException {
    for (int left = more; left > 0; left -= KEYS_A_ROUND) {
      for (int i = 0; i < KEYS_A_ROUND; i++) {
        CompletionStage<?> unused = buffer.submitAsync("wati:5037" + keys++, "id", "text");
      }
      unseen.acquire(KEYS_A_ROUND);
    }
    long patience = System.nanoTime() + RETENTION.multipliedBy(200).toNanos();
    StoreStats stored = buffer.stats().store();
    while (stored.rememberedIds() > 0 && System.nanoTime() < patience) {
      buffer.submit("wati:50370000001", "without an id");
      unseen.acquire();
      stored = buffer.stats().store();
    }
    return stored;
  }

  private void handle(Batch<String> batch) {
    handled.addAndGet(batch.messages().size());
    unseen.release(batch.messages().size());
  }

  /** Accepted messages less handled ones: above zero one was lost, below it one came twice. */
  long unbalanced() {
    return buffer.stats().accepted() - handled.get();
  }

  @Override
  public void close() {
    buffer.close();
    executor.shutdown();
  }
}
