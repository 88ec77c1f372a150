// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.testkit.simulation;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** One call of submit, and what became of it. */
final class Sent {

  /** What the caller was told. */
  enum Answer {
    NONE,
    ACCEPTED,
    DUPLICATE,
    REFUSED,
    UNKNOWN
  }

  final String key;
  final @Nullable String id;
  final String payload;
  final boolean garbled;
  final Instant askedAt;

  /** Whether the flush rule makes its key due. */
  boolean urgent;

  /** By how many seconds a window that it opens waits longer. */
  int more;

  Answer answer = Answer.NONE;

  /** Under which it is stored now (or was last); null if it is not stored. */
  @Nullable Kept kept;

  Sent(
      String key, @Nullable String id, String payload, boolean garbled, Instant askedAt, int more) {
    this.key = key;
    this.id = id;
    this.payload = payload;
    this.garbled = garbled;
    this.askedAt = askedAt;
    this.more = more;
  }

  /** A message that was seen in the store. */
  static final class Kept {

    /** Where it is: each message is in exactly one of these places (G2). */
    enum Fate {
      PENDING,
      HANDLED,
      DEAD,
      DISCARDED,
      REDRIVEN,
      ERASED
    }

    final Sent sent;
    final long sequence;
    Fate fate = Fate.PENDING;
    @Nullable Instant endedAt;
    @Nullable Run lastRun;

    /** Its id may be forgotten, though it need not be. */
    boolean mayBeForgotten;

    Kept(Sent sent, long sequence) {
      this.sent = sent;
      this.sequence = sequence;
    }

    /** Whether its id may not be accepted again. */
    boolean isRemembered(Instant at, Duration retention) {
      return switch (fate) {
        case PENDING, DEAD -> true;
        case HANDLED, DISCARDED ->
            !mayBeForgotten && endedAt != null && endedAt.plus(retention).isAfter(at);
        case REDRIVEN, ERASED -> false;
      };
    }

    /** Whether its id may have been remembered at that time or later. */
    boolean wasRemembered(Instant at, Duration retention) {
      if (fate == Fate.ERASED) {
        return endedAt == null || !endedAt.isBefore(at);
      }
      return endedAt == null || !endedAt.plus(retention).isBefore(at);
    }
  }
}
