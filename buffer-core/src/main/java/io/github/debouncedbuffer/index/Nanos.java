// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.index;

import java.time.Duration;
import java.time.Instant;

/** Times as a store may keep them: nanoseconds, since 1970 if they are instants, in 64 bits. */
public final class Nanos {

  private static final long PER_SECOND = 1_000_000_000;

  /** The first instant that is kept, some months less than 64 bits could have. */
  public static final Instant FIRST = Instant.parse("1678-01-01T00:00:00Z");

  private static final long EARLIEST = FIRST.getEpochSecond() * PER_SECOND;

  /** The last instant that fits: in the year 2262. */
  public static final Instant LAST = toInstant(Long.MAX_VALUE);

  private Nanos() {}

  /**
   * Exact, because a row reads back equal to what was saved (S9).
   *
   * @param instant within {@link #FIRST} and {@link #LAST}
   * @return nanoseconds since 1970
   * @throws IllegalArgumentException if it is not
   */
  public static long of(Instant instant) {
    if (instant.isBefore(FIRST) || instant.isAfter(LAST)) {
      throw new IllegalArgumentException(
          "the instant " + instant + " is not within " + FIRST + " to " + LAST);
    }
    return Math.addExact(
        Math.multiplyExact(instant.getEpochSecond(), PER_SECOND), instant.getNano());
  }

  /**
   * For what is only compared: all that lies outside is as good as the end it lies beyond.
   *
   * @param instant any
   * @return nanoseconds since 1970
   */
  public static long clipped(Instant instant) {
    return instant.isAfter(LAST) ? Long.MAX_VALUE : of(instant.isBefore(FIRST) ? FIRST : instant);
  }

  /**
   * Refuses the few that {@link #of(Instant)} refuses: they cannot be written back.
   *
   * @param nanos since 1970
   * @return the instant
   * @throws IllegalArgumentException if it is before {@link #FIRST}
   */
  public static Instant toInstant(long nanos) {
    if (nanos < EARLIEST) {
      throw new IllegalArgumentException(nanos + " ns is before " + FIRST);
    }
    return Instant.ofEpochSecond(
        Math.floorDiv(nanos, PER_SECOND), Math.floorMod(nanos, PER_SECOND));
  }

  /**
   * A duration in nanoseconds.
   *
   * @param duration up to 292 years
   * @return nanoseconds
   * @throws IllegalArgumentException if it is longer
   */
  public static long of(Duration duration) {
    try {
      return duration.toNanos();
    } catch (ArithmeticException e) {
      throw new IllegalArgumentException("the duration " + duration + " is over 292 years", e);
    }
  }
}
