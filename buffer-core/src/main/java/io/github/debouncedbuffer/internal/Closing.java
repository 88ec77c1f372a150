// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.internal;

import io.github.debouncedbuffer.spi.BufferClock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The step "close": stop accepting and claiming; when nothing runs any more, or at the limit plus a
 * grace for interrupted handlers, end the lane and release what the buffer owns.
 */
final class Closing {

  /** What close ends, in the order in which it is called. */
  interface Parts {
    /** Claims nothing from now on. */
    void stop();

    /** How many runs are in progress. */
    int inProgress();

    /** Tells the handlers that run. */
    void interruptRuns();

    /** Puts a command that calls back from the lane, or right away if the store failed. */
    void onLane(Runnable then);

    /** Lets the lane do what is queued, and calls back. */
    void endLane(Runnable then);

    /** Closes the store and what else the buffer owns. */
    void release(int survivors);
  }

  /** For handlers to notice that they were interrupted. */
  private static final Duration GRACE = Duration.ofSeconds(1);

  private final BufferClock clock;
  private final Parts parts;
  private final AtomicBoolean begun = new AtomicBoolean();
  private final CompletableFuture<Integer> closed = new CompletableFuture<>();

  Closing(BufferClock clock, Parts parts) {
    this.clock = clock;
    this.parts = parts;
  }

  boolean hasBegun() {
    return begun.get();
  }

  CompletableFuture<Integer> closed() {
    return closed;
  }

  void begin(Duration limit) {
    if (begun.compareAndSet(false, true)) {
      parts.stop();
      clock.wakeAt(clock.now().plus(limit), this::interrupt);
      // A claim may be on the lane just now; whatever it began is seen once this comes by there.
      parts.onLane(this::endIfIdle);
    }
  }

  /** A run has ended; called on the lane. */
  void runEnded() {
    if (begun.get()) {
      endIfIdle();
    }
  }

  /** Waits no longer for handlers. */
  void interrupt() {
    if (!closed.isDone()) {
      parts.interruptRuns();
      clock.wakeAt(clock.now().plus(GRACE), this::end);
    }
  }

  /** Waits until it is closed. Who interrupts that does not want to wait for handlers. */
  void await() {
    boolean interrupted = false;
    while (!closed.isDone()) {
      try {
        clock.await(closed);
      } catch (InterruptedException e) {
        interrupted = true;
        interrupt();
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void endIfIdle() {
    if (parts.inProgress() == 0) {
      end();
    }
  }

  private void end() {
    parts.endLane(this::release);
  }

  private void release() {
    int survivors = parts.inProgress();
    try {
      parts.release(survivors);
    } finally {
      closed.complete(survivors);
    }
  }
}
