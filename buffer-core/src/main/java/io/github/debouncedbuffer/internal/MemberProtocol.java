// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.internal;

import io.github.debouncedbuffer.internal.Decision.Step;
import io.github.debouncedbuffer.spi.BatchRow;
import io.github.debouncedbuffer.spi.KeyRow;
import io.github.debouncedbuffer.spi.MessageRange;
import io.github.debouncedbuffer.spi.StoredMessage;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The part of the {@link Protocol} that changes the members of a running batch, which gets a new id
 * with that. Pure.
 */
final class MemberProtocol {

  private MemberProtocol() {}

  /**
   * Some members cannot be read and are buried apart; the others go on under a new batch id.
   *
   * @param openedAt arrival of the first of the others
   */
  static Decision unreadable(
      @Nullable KeyRow row,
      BatchRow claimed,
      int unreadable,
      Instant openedAt,
      long newId,
      Instant now) {
    if (row == null || !Protocol.runs(row, claimed.token())) {
      return Decision.keep(Step.STALE, row);
    }
    if (Draft.batchOf(row).messages() == 0) {
      return Decision.keep(Step.VANISHED, Protocol.idleOrFollowUp(row, now));
    }
    if (Draft.batchOf(row).id() != claimed.id()) {
      return Decision.keep(Step.UNCHANGED, row); // done before, by a commit of unknown outcome
    }
    return Decision.keep(
        Step.SET_APART,
        unreadable < Draft.batchOf(row).messages()
            ? Rows.without(row, unreadable, openedAt, newId)
            : Protocol.idleOrFollowUp(row, now));
  }

  /**
   * The batch, which runs for the first time, takes late messages in.
   *
   * @param joining the key's oldest late messages, at least one
   * @param next the oldest one that stays late
   */
  static Decision absorb(
      KeyRow row,
      List<StoredMessage> joining,
      @Nullable StoredMessage next,
      long newId,
      Instant now) {
    return Decision.keep(Step.ABSORBED, Rows.absorbed(row, joining, next, newId, now));
  }

  /**
   * The first members of the batch, which runs for the first time, are handled, whatever becomes of
   * the rest.
   *
   * @param handled at least 1, and fewer than all
   * @param last the last of them
   * @param openedAt arrival of the one behind it
   */
  static Decision acknowledge(KeyRow row, int handled, long last, Instant openedAt, long newId) {
    return new Decision(
        Step.ACKNOWLEDGED,
        Rows.without(row, handled, openedAt, newId),
        MessageRange.through(row.key(), last));
  }

  /** The handler returned with a part handled: the rest is due at once, as if it had not run. */
  static Decision rest(KeyRow row, long token, Instant now) {
    return Protocol.released(Draft.of(row).supersedes(0).row(), token, Duration.ZERO, now);
  }
}
