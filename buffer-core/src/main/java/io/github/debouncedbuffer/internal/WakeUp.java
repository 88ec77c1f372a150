// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.internal;

import io.github.debouncedbuffer.spi.BufferClock;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The one armed wake-up. It is moved to an earlier time only; one that comes too early is harmless.
 */
final class WakeUp {

  private final BufferClock clock;
  private final Runnable task;
  private @Nullable Instant armedAt;
  private BufferClock.@Nullable Cancellable armed;

  WakeUp(BufferClock clock, Runnable task) {
    this.clock = clock;
    this.task = task;
  }

  synchronized void arm(Instant at) {
    if (armedAt == null || at.isBefore(armedAt)) {
      disarm();
      armedAt = at;
      armed = clock.wakeAt(at, this::fire);
    }
  }

  synchronized void disarm() {
    if (armed != null) {
      armed.cancel();
    }
    armed = null;
    armedAt = null;
  }

  private void fire() {
    synchronized (this) {
      armed = null;
      armedAt = null;
    }
    task.run();
  }
}
