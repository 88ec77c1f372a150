// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.testkit;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Something that happens to a message at one instant, drawn as a small sign with the message's
 * number in it.
 *
 * <p>Signs of the same kind that would cover each other become one sign: {@code 1-3}. Immutable and
 * thread-safe.
 *
 * @param kind what happens, never null; decides shape and colour
 * @param at when it happens; of a lost message: when it arrived, since nothing ever happens to it
 *     afterwards
 * @param label the message's number or another short name: the same in its arrival and its outcome
 * @param note a few words beside the sign, or null
 */
public record LaneMark(Kind kind, Instant at, String label, @Nullable String note) {
  /** What happens to a message. */
  public enum Kind {
    /** It arrives: a full circle. */
    RECEIVED,
    /** It arrives while its key has a batch running or backing off: a ring. */
    LATE,
    /** Its batch was handled: a tick. */
    ANSWERED,
    /** It arrived and nobody ever looks at it again: a cross and a dashed line to the end. */
    LOST,
    /** Its batch used up its attempts and is kept as a dead letter: a square. */
    DEAD;

    boolean isArrival() {
      return switch (this) {
        case RECEIVED, LATE -> true;
        case ANSWERED, LOST, DEAD -> false;
      };
    }
  }

  /**
   * Checks the arguments.
   *
   * @param kind what happens, never null
   * @param at when it happens
   * @param label the message's number or another short name
   * @param note a few words beside the sign, or null
   */
  public LaneMark {
    requireNonNull(kind, "kind");
    requireNonNull(at, "at");
    requireNonNull(label, "label");
  }
}
