// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.spi;

import java.time.Instant;
import java.util.concurrent.CompletionStage;

/**
 * The time, and waking and waiting by it. Implementations are thread-safe. Between two calls of
 * {@link #now} in one process the time must not go backwards, even if the wall clock does.
 */
public interface BufferClock {

  /**
   * The present time.
   *
   * @return never before what an earlier call returned
   */
  Instant now();

  /**
   * Runs a task once, at or after an instant and never before it; promptly if that has passed. The
   * task is short and does not block. It may run on any thread, but never within this call.
   *
   * @param at when
   * @param task what
   * @return cancels the task if it has not run yet
   */
  Cancellable wakeAt(Instant at, Runnable task);

  /**
   * Blocks the calling thread until a stage has ended, normally or not. A clock that is driven by
   * the calling thread runs what is ready, and lets time pass, instead of blocking.
   *
   * @param stage what to wait for
   * @throws InterruptedException if the thread was interrupted while it waited
   */
  void await(CompletionStage<?> stage) throws InterruptedException;

  /** Takes back a {@link #wakeAt}. */
  @FunctionalInterface
  interface Cancellable {

    /** Makes the task not run, if it has not begun. Does not wait for one that runs. */
    void cancel();
  }
}
