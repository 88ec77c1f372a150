// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.micrometer;

import static java.util.concurrent.TimeUnit.NANOSECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;

import io.github.debouncedbuffer.BufferStats;
import io.micrometer.core.instrument.Clock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * What the buffer said last. It is asked again when that is old, by one at a time; all who read
 * meanwhile wait together, and no longer than a second after the question was put. Where there is
 * no answer there is no figure: an old one would look as if all were well.
 */
final class LatestStats {

  private static final long PATIENCE = SECONDS.toNanos(1);

  /** One that was put, when, on the registry's clock and on the one that waiting goes by. */
  private record Question(CompletableFuture<BufferStats> answer, long putAt, long waitedFrom) {}

  private final Supplier<BufferStats> buffer;
  private final Duration age;
  private final Executor asker;
  private final Clock clock;
  private @Nullable Question latest;

  LatestStats(Supplier<BufferStats> buffer, Duration age, Executor asker, Clock clock) {
    this.buffer = buffer;
    this.age = age;
    this.asker = asker;
    this.clock = clock;
  }

  /** NaN if there is no answer. */
  double read(ToDoubleFunction<BufferStats> figure) {
    BufferStats stats = answer(latest());
    return stats == null ? Double.NaN : figure.applyAsDouble(stats);
  }

  private Question latest() {
    Question put;
    synchronized (this) {
      long now = clock.monotonicTime();
      if (latest != null && !isOld(latest, now)) {
        return latest;
      }
      put = new Question(new CompletableFuture<>(), now, System.nanoTime());
      latest = put;
    }
    try {
      asker.execute(() -> ask(put.answer()));
    } catch (RuntimeException refused) {
      put.answer().completeExceptionally(refused);
    }
    return put;
  }

  /** One that waits for its answer is not. */
  private boolean isOld(Question question, long now) {
    return question.answer().isDone()
        && Duration.ofNanos(now - question.putAt()).compareTo(age) >= 0;
  }

  private void ask(CompletableFuture<BufferStats> answer) {
    try {
      answer.complete(buffer.get());
    } catch (Throwable closedOrFailed) {
      answer.completeExceptionally(closedOrFailed);
    }
  }

  private static @Nullable BufferStats answer(Question question) {
    long left = PATIENCE - (System.nanoTime() - question.waitedFrom());
    try {
      return question.answer().get(Math.max(0, left), NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return null;
    } catch (ExecutionException | TimeoutException e) {
      return null;
    }
  }
}
