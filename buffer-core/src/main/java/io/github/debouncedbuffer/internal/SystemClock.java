// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.internal;

import io.github.debouncedbuffer.spi.BufferClock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The system's time: the wall clock when it was made, and elapsed time from then on, so that
 * setting the wall clock neither delays nor hastens anything.
 */
final class SystemClock implements BufferClock, AutoCloseable {

  private final Instant anchor = Instant.now();
  private final long anchorNanos = System.nanoTime();
  private final ScheduledThreadPoolExecutor timer;

  SystemClock() {
    timer = new ScheduledThreadPoolExecutor(1, Threads.daemon("debounced-buffer-clock"));
    timer.setRemoveOnCancelPolicy(true);
    timer.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
  }

  @Override
  public Instant now() {
    return anchor.plusNanos(System.nanoTime() - anchorNanos);
  }

  @Override
  public Cancellable wakeAt(Instant at, Runnable task) {
    Duration delay = Duration.between(now(), at);
    try {
      Future<?> scheduled = timer.schedule(task, nanos(delay), TimeUnit.NANOSECONDS);
      return () -> scheduled.cancel(false);
    } catch (RejectedExecutionException closed) {
      return () -> {};
    }
  }

  private static long nanos(Duration delay) {
    return delay.isNegative() ? 0 : TimeUnit.NANOSECONDS.convert(delay);
  }

  @Override
  public void await(CompletionStage<?> stage) throws InterruptedException {
    try {
      stage.toCompletableFuture().get();
    } catch (ExecutionException ended) {
      return; // the caller looks at the stage's outcome itself
    }
  }

  @Override
  public void close() {
    timer.shutdown();
  }
}
