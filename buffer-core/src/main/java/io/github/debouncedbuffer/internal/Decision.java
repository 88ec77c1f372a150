// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.internal;

import io.github.debouncedbuffer.spi.KeyRow;
import io.github.debouncedbuffer.spi.MessageRange;
import org.jspecify.annotations.Nullable;

/**
 * What the protocol wants done.
 *
 * @param step what happened, in one word
 * @param row the key's new row; null if it goes (or stays) idle
 * @param ended the messages that are pending no longer: deleted, or buried if the step is {@code
 *     DEAD_LETTERED}; null if all stay
 */
record Decision(Step step, @Nullable KeyRow row, @Nullable MessageRange ended) {

  enum Step {
    OPENED,
    EXTENDED,
    COUNTED_LATE,
    CLAIMED,
    RENEWED,
    ABSORBED,
    ACKNOWLEDGED,
    COMPLETED,
    SUPERSEDED,
    BACKED_OFF,
    DEAD_LETTERED,
    RELEASED,
    SET_APART,
    FLUSHED,
    DISCARDED,
    WITHDRAWN,
    ERASED,
    RECOVERED,
    VANISHED,
    /** The token is not that of the running batch: nothing changes (G10). */
    STALE,
    /** The event means nothing in this state: nothing changes. */
    UNCHANGED,
    /** The event is not allowed by the key's policy: nothing changes. */
    REFUSED
  }

  /** A decision after which all messages stay. */
  static Decision keep(Step step, @Nullable KeyRow row) {
    return new Decision(step, row, null);
  }

  /** Whether the row or the messages have to be written. */
  boolean changes() {
    return switch (step) {
      case STALE, UNCHANGED, REFUSED -> false;
      case OPENED, EXTENDED, COUNTED_LATE, CLAIMED, RENEWED, ABSORBED, ACKNOWLEDGED -> true;
      case COMPLETED, SUPERSEDED, BACKED_OFF, DEAD_LETTERED, RELEASED, SET_APART, FLUSHED -> true;
      case DISCARDED, WITHDRAWN, ERASED, RECOVERED, VANISHED -> true;
    };
  }
}
