// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.postgres.faults;

import io.github.debouncedbuffer.spi.BufferClock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** The clock of a machine on which the time is wrong. */
final class OffClock implements BufferClock, AutoCloseable {

  private final Instant anchor;
  private final long anchorNanos = System.nanoTime();
  private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1);

  OffClock(Duration ahead) {
    anchor = Instant.now().plus(ahead);
  }

  @Override
  public Instant now() {
    return anchor.plusNanos(System.nanoTime() - anchorNanos);
  }

  @Override
  public Cancellable wakeAt(Instant at, Runnable task) {
    long nanos = Math.max(0, Duration.between(now(), at).toNanos());
    try {
      Future<?> scheduled = timer.schedule(task, nanos, TimeUnit.NANOSECONDS);
      return () -> scheduled.cancel(false);
    } catch (RejectedExecutionException closed) {
      return () -> {};
    }
  }

  @Override
  public void await(CompletionStage<?> stage) throws InterruptedException {
    try {
      stage.toCompletableFuture().get();
    } catch (ExecutionException ended) {
      return; // the caller looks at the outcome itself
    }
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}
