// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.benchmarks.race;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

/**
 * Counts what happens to each message of a race. A payload begins with the message's number; the
 * numbers of one key grow in the order in which they were submitted. Thread-safe.
 */
final class Tally implements Contender.Handler {

  private final long windowNanos;
  private final Duration work;
  private final long strandedNanos;
  private final AtomicLongArray submittedAt;
  private final AtomicLongArray deliveredAt;
  private final Map<String, AtomicInteger> running = new ConcurrentHashMap<>();
  private final Map<String, Long> newest = new ConcurrentHashMap<>();
  private final LongAdder delivered = new LongAdder();
  private final LongAdder duplicates = new LongAdder();
  private final LongAdder overlapping = new LongAdder();
  private final LongAdder reordered = new LongAdder();
  private final LongAdder batches = new LongAdder();

  /**
   * Counts for so many messages.
   *
   * @param window after which a message that comes is due, at the latest
   * @param work how long a handler takes
   * @param stranded a message that waits longer than this was stranded
   */
  Tally(int messages, Duration window, Duration work, Duration stranded) {
    this.windowNanos = window.toNanos();
    this.work = work;
    this.strandedNanos = stranded.toNanos();
    this.submittedAt = new AtomicLongArray(messages);
    this.deliveredAt = new AtomicLongArray(messages);
  }

  void submitting(int number) {
    submittedAt.set(number, System.nanoTime());
  }

  @Override
  public void handle(String key, List<String> payloads) {
    AtomicInteger ofKey = running.computeIfAbsent(key, any -> new AtomicInteger());
    if (ofKey.getAndIncrement() > 0) {
      overlapping.add(payloads.size());
    }
    try {
      batches.increment();
      payloads.forEach(payload -> deliver(key, payload));
      if (!work.isZero()) {
        LockSupport.parkNanos(work.toNanos());
      }
    } finally {
      ofKey.decrementAndGet();
    }
  }

  private void deliver(String key, String payload) {
    long number = Long.parseLong(payload, 0, payload.indexOf(' '), 10);
    if (!deliveredAt.compareAndSet((int) number, 0, System.nanoTime())) {
      duplicates.increment();
      return;
    }
    delivered.increment();
    long before = newest.merge(key, number, Math::max);
    if (before > number) {
      reordered.increment();
    }
  }

  long delivered() {
    return delivered.sum();
  }

  /** What went wrong, and the size of the batches, for so many messages that were accepted. */
  Faults faults(int accepted) {
    int stranded = 0;
    for (int i = 0; i < accepted; i++) {
      long at = deliveredAt.get(i);
      stranded += at != 0 && at - submittedAt.get(i) > strandedNanos ? 1 : 0;
    }
    return new Faults(
        accepted - delivered.sum(),
        stranded,
        duplicates.sum(),
        overlapping.sum(),
        reordered.sum(),
        (double) delivered.sum() / Math.max(1, batches.sum()),
        lateMillis(accepted));
  }

  /** Of the messages that came: how late they were, but for the latest hundredth. */
  private double lateMillis(int accepted) {
    long[] late =
        IntStream.range(0, accepted)
            .filter(i -> deliveredAt.get(i) != 0)
            .mapToLong(i -> deliveredAt.get(i) - submittedAt.get(i) - windowNanos)
            .sorted()
            .toArray();
    return late.length == 0 ? Double.NaN : Math.max(0, late[late.length * 99 / 100]) / 1e6;
  }

  /**
   * Messages that were never delivered, stranded, delivered twice, at once with others, too late;
   * the mean size of the batches; and how late a message was, see {@link #lateMillis}.
   */
  record Faults(
      long never,
      long stranded,
      long duplicate,
      long overlapping,
      long reordered,
      double batchSize,
      double lateMillis) {}
}
