// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.sqlite;

import java.time.Duration;
import java.time.Instant;

/** Times as the database has them: nanoseconds, since 1970 if they are instants, in 64 bits. */
final class Nanos {

  private static final long PER_SECOND = 1_000_000_000;

  /** The first instant that is kept, some months less than 64 bits could have. */
  static final Instant FIRST = Instant.parse("1678-01-01T00:00:00Z");

  private static final long EARLIEST = FIRST.getEpochSecond() * PER_SECOND;

  /** The last instant that fits: in the year 2262. */
  static final Instant LAST = toInstant(Long.MAX_VALUE);

  private Nanos() {}

  /** Exact, because a row reads back equal to what was saved (S9). */
  static long of(Instant instant) {
    if (instant.isBefore(FIRST) || instant.isAfter(LAST)) {
      throw new IllegalArgumentException(
          "the instant " + instant + " is not within " + FIRST + " to " + LAST);
    }
    return Math.addExact(
        Math.multiplyExact(instant.getEpochSecond(), PER_SECOND), instant.getNano());
  }

  /** For what is only compared: all that lies outside is as good as the end it lies beyond. */
  static long clipped(Instant instant) {
    return instant.isAfter(LAST) ? Long.MAX_VALUE : of(instant.isBefore(FIRST) ? FIRST : instant);
  }

  /** Refuses the few that {@link #of(Instant)} refuses: they cannot be written back. */
  static Instant toInstant(long nanos) {
    if (nanos < EARLIEST) {
      throw new IllegalArgumentException(nanos + " ns is before " + FIRST);
    }
    return Instant.ofEpochSecond(
        Math.floorDiv(nanos, PER_SECOND), Math.floorMod(nanos, PER_SECOND));
  }

  static long of(Duration duration) {
    try {
      return duration.toNanos();
    } catch (ArithmeticException e) {
      throw new IllegalArgumentException("the duration " + duration + " is over 292 years", e);
    }
  }
}
