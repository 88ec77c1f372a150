// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.internal;

import io.github.debouncedbuffer.spi.PolicyRow;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** When a window is due: arithmetic only. */
final class Deadline {

  private Deadline() {}

  /**
   * A fixed window waits from its base, a quiet one from the newest message; an extension can move
   * that out, and nothing can move it beyond the base plus {@code maxWait} (G7).
   */
  static Instant dueAt(
      PolicyRow policy,
      Instant countsFrom,
      Instant lastArrivalAt,
      @Nullable Instant extendedUntil) {
    Instant waitsFrom = policy.quiet() ? later(lastArrivalAt, countsFrom) : countsFrom;
    Instant wanted = later(waitsFrom.plus(policy.minWait()), extendedUntil);
    return earlier(wanted, countsFrom.plus(policy.maxWait()));
  }

  static Instant earlier(Instant a, Instant b) {
    return a.isBefore(b) ? a : b;
  }

  static Instant later(Instant a, @Nullable Instant b) {
    return b == null || a.isAfter(b) ? a : b;
  }
}
