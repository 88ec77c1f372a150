// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.internal;

import io.github.debouncedbuffer.spi.BufferClock;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * How far a run is, between the threads that look at it: the handler's, the clock's and the closing
 * one. The monitor guards the fields alone, so that an interrupt never hits a thread that has gone
 * on to other work; no user code runs while it is held.
 */
final class RunState {

  private @Nullable Thread thread;
  private @Nullable CompletionStage<?> stage;
  private BufferClock.@Nullable Cancellable timeout;
  private boolean entered;
  private boolean timedOut;
  private boolean closing;
  private boolean ended;
  private boolean lost;
  private boolean superseded;
  private boolean interruptWanted;
  private @Nullable Unit settling;
  private boolean settled;

  /** The handler is about to be called; false if it must not be: the claim was given back. */
  synchronized boolean enter() {
    entered = !closing && !ended;
    thread = entered ? Thread.currentThread() : null;
    return entered;
  }

  /**
   * The handler's call is over. After this no interrupt of ours can come, and one that has come is
   * cleared.
   *
   * @return whether the timeout or the close came during the call, when there was no stage to
   *     cancel
   */
  synchronized boolean leave(@Nullable CompletionStage<?> running) {
    thread = null;
    stage = running;
    Thread.interrupted();
    return timedOut || closing;
  }

  /** True for the first end of the run; whatever comes later ends nothing. */
  synchronized boolean end() {
    boolean first = !ended;
    ended = true;
    cancelTimeout();
    return first;
  }

  /** Another node has taken its batch over. True the first time, unless the run has ended. */
  synchronized boolean loses() {
    boolean first = !ended && !lost;
    lost = true;
    return first;
  }

  /** Who wakes for the handler timeout. */
  synchronized void timeout(BufferClock.Cancellable newTimeout) {
    cancelTimeout();
    timeout = newTimeout;
    if (ended) {
      cancelTimeout(); // the claim was given back while the run waited for a thread
    }
  }

  synchronized void cancelTimeout() {
    if (timeout != null) {
      timeout.cancel();
      timeout = null;
    }
  }

  /** The timeout has come: interrupts, unless the run has ended. Its return still decides. */
  synchronized boolean timeOut() {
    if (ended || timedOut) {
      return false;
    }
    timedOut = true;
    interrupt();
    return true;
  }

  /**
   * The close limit has come: interrupts; if the handler fails from now on, that does not count.
   *
   * @return true if the handler was not called yet, and now will not be
   */
  synchronized boolean close() {
    closing = true;
    interrupt();
    return !entered && !ended;
  }

  /**
   * Late messages have come.
   *
   * @return true the first time, unless the reply was cleared before
   */
  synchronized boolean supersede(boolean interrupts) {
    if (ended || settled || superseded) {
      return false;
    }
    superseded = true;
    interruptWanted = interrupts;
    if (interrupts) {
      interrupt();
    }
    return true;
  }

  /** The handler is called next: an interrupt that came too early for it is given to it now. */
  synchronized void begin() {
    if (interruptWanted) {
      Thread.currentThread().interrupt();
    }
  }

  /** The reply will be cleared, if this unit is committed. */
  synchronized void settlesIn(Unit unit) {
    settling = unit;
  }

  /** Whether the reply was cleared, or is by this very unit. */
  synchronized boolean isSettledIn(Unit unit) {
    return settled || settling == unit;
  }

  /** The reply was cleared: from now on nothing supersedes the run or joins it. */
  synchronized void settle() {
    settled = true;
  }

  synchronized boolean isSettled() {
    return settled;
  }

  synchronized boolean isTimedOut() {
    return timedOut;
  }

  synchronized boolean isClosing() {
    return closing;
  }

  synchronized boolean isOn(Thread other) {
    return thread == other;
  }

  /** What an asynchronous handler returned: to be cancelled outside the monitor. */
  synchronized @Nullable CompletionStage<?> stage() {
    return stage;
  }

  private void interrupt() {
    if (thread != null) {
      thread.interrupt();
    }
  }
}
