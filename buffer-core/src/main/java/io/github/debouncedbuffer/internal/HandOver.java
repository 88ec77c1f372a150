// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.internal;

import io.github.debouncedbuffer.spi.BufferClock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The step "handle": brings a run to the executor, and tells it when its time or the buffer's is
 * over.
 */
final class HandOver<P> {

  /** Who follows a run. */
  interface Follower<P> {
    /** It ended, or could not be begun. */
    void ended(Run<P> run, Outcome outcome);

    /** It goes on beyond its timeout, and its slot is replaced. */
    void timedOut(Run<P> run);
  }

  private static final Logger log = LoggerFactory.getLogger(HandOver.class);

  private final BufferClock clock;
  private final Executor executor;
  private final Duration timeout;
  private final Duration rejectedDelay;
  private final Follower<P> follower;
  private final Cancellation cancellation;

  HandOver(
      BufferClock clock,
      Executor executor,
      Duration timeout,
      Duration rejectedDelay,
      Follower<P> follower) {
    this.clock = clock;
    this.executor = executor;
    this.timeout = timeout;
    this.rejectedDelay = rejectedDelay;
    this.follower = follower;
    this.cancellation = new Cancellation(executor);
  }

  /** Whatever happens, the run ends: by itself, or because it could not be begun. */
  void execute(Run<P> run, Runnable task) {
    Runnable timed =
        () -> {
          try {
            Instant at = clock.now().plus(timeout);
            run.state.timeout(clock.wakeAt(at, () -> timeOut(run)));
            task.run();
          } catch (Throwable thrown) {
            run.end(thrown);
          }
        };
    try {
      executor.execute(timed);
    } catch (Throwable rejected) {
      follower.ended(run, Outcome.rejected(rejected, rejectedDelay));
    }
  }

  private void timeOut(Run<P> run) {
    if (run.state.timeOut()) {
      cancellation.cancel(run);
      follower.timedOut(run);
    }
  }

  /** Late messages have come: tells the handler, once. */
  void supersede(Run<P> run, boolean interrupts) {
    if (run.state.supersede(interrupts)) {
      try {
        executor.execute(() -> run.superseded.complete(null));
      } catch (Throwable rejected) {
        log.warn("The executor refused to tell a run that it is superseded", rejected);
      }
    }
  }

  /** The buffer closes: tells the handler, or gives back what no handler has seen. */
  void close(Run<P> run) {
    if (run.state.close()) {
      giveBack(run);
    }
    cancellation.cancel(run);
  }

  /** The buffer closes before the run was begun. */
  void giveBack(Run<P> run) {
    follower.ended(run, Outcome.released(new CancellationException("the buffer is closing")));
  }
}
