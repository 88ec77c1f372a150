// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.benchmarks.limits;

import io.github.debouncedbuffer.DebouncedBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** Those who submit as fast as they are let, each with keys of its own. */
public final class Submitters {

  /** What a message carries, about as much as a line of chat. */
  public static final String PAYLOAD = "x".repeat(120);

  private static final int KEYS = 50;
  private static final int KEYS_ASYNCHRONOUSLY = 400;
  private static final int ON_THE_WAY = 5_000;

  /** How many messages were stored in which time. */
  public record Accepted(long messages, long nanos) {

    /** Messages per second. */
    public double perSecond() {
      return messages * 1e9 / nanos;
    }
  }

  @FunctionalInterface
  private interface Submitter {
    void submit(DebouncedBuffer<String> buffer, int firstKey, LongAdder accepted) throws Exception;
  }

  private Submitters() {}

  /**
   * Those who wait for each receipt.
   *
   * @param each how many of them each buffer has
   */
  public static Accepted waiting(
      List<DebouncedBuffer<String>> buffers, int each, ThreadFactory threads, long nanos)
      throws InterruptedException, ExecutionException {
    long end = System.nanoTime() + nanos;
    return all(
        buffers,
        each,
        threads,
        KEYS,
        (buffer, firstKey, accepted) -> {
          for (int n = 0; System.nanoTime() < end; n++) {
            buffer.submit(key(firstKey + n % KEYS), PAYLOAD);
            accepted.increment();
          }
        });
  }

  /** One for each buffer, who waits only while 5,000 of its messages are on the way. */
  public static Accepted asynchronous(List<DebouncedBuffer<String>> buffers, long nanos)
      throws InterruptedException, ExecutionException {
    long end = System.nanoTime() + nanos;
    return all(
        buffers,
        1,
        Thread::new,
        KEYS_ASYNCHRONOUSLY,
        (buffer, firstKey, accepted) -> {
          Semaphore free = new Semaphore(ON_THE_WAY);
          AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
          for (int n = 0; System.nanoTime() < end && failure.get() == null; n++) {
            free.acquire();
            var unused =
                buffer
                    .submitAsync(key(firstKey + n % KEYS_ASYNCHRONOUSLY), null, PAYLOAD)
                    .whenComplete(
                        (receipt, why) -> {
                          if (why == null) {
                            accepted.increment();
                          } else {
                            failure.set(why);
                          }
                          free.release();
                        });
          }
          free.acquire(ON_THE_WAY);
          if (failure.get() != null) {
            throw new IllegalStateException("A submit failed", failure.get());
          }
        });
  }

  private static String key(int number) {
    return "wati:5037000" + number;
  }

  private static Accepted all(
      List<DebouncedBuffer<String>> buffers,
      int each,
      ThreadFactory threads,
      int keys,
      Submitter submitter)
      throws InterruptedException, ExecutionException {
    LongAdder accepted = new LongAdder();
    long begin = System.nanoTime();
    List<Future<?>> all = new ArrayList<>();
    for (int i = 0; i < buffers.size() * each; i++) {
      DebouncedBuffer<String> buffer = buffers.get(i / each);
      int firstKey = i * keys;
      FutureTask<?> task =
          new FutureTask<>(
              () -> {
                submitter.submit(buffer, firstKey, accepted);
                return null;
              });
      threads.newThread(task).start();
      all.add(task);
    }
    for (Future<?> task : all) {
      task.get();
    }
    return new Accepted(accepted.sum(), System.nanoTime() - begin);
  }
}
