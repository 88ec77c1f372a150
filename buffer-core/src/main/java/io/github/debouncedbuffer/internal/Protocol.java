// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.internal;

import static io.github.debouncedbuffer.internal.Deadline.later;

import io.github.debouncedbuffer.RetryPolicy;
import io.github.debouncedbuffer.internal.Decision.Step;
import io.github.debouncedbuffer.spi.BatchRow;
import io.github.debouncedbuffer.spi.KeyRow;
import io.github.debouncedbuffer.spi.KeyState;
import io.github.debouncedbuffer.spi.MessageRange;
import io.github.debouncedbuffer.spi.PolicyRow;
import io.github.debouncedbuffer.spi.StoredMessage;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The life of a key, and the only place where it is decided. Pure functions: a row (null for an
 * idle key), an event and the time go in, a {@link Decision} comes out. One method per event, in
 * the order of the flow; in each, one branch per state. {@link Rows} spells out the new rows.
 *
 * <pre>
 * event       IDLE (no row)  WAITING            RUNNING                    BACKING_OFF
 * recover     -              due pulled in      as failed, but recovered   due pulled in
 * submit      -> WAITING     extends; full: due counted late               counted late
 * due         -              -> RUNNING         impossible                 -> RUNNING, attempt + 1
 * returned    stale          stale              -> IDLE, or the follow-up  stale
 * failed      stale          stale              -> BACKING_OFF, or dead    stale
 * released    stale          stale              -> BACKING_OFF, uncounted  stale
 * unreadable  stale          stale              fewer members, new id      stale
 * flush       unchanged      due now, sticky    the follow-up, if any      the follow-up, if any
 * extend      unchanged      due later          the follow-up              the follow-up
 * discard     unchanged      -> IDLE            the late messages          -> IDLE
 * redrive     as submit, for each message of the dead letter
 * timed out   no event: the run is interrupted, its key stays RUNNING until the run really ends
 * rejected    as released: the executor took no run
 * </pre>
 *
 * <p>An event that ends a run carries the run's token; it is stale unless the row is RUNNING under
 * just that token.
 */
final class Protocol {

  private Protocol() {}

  /**
   * At start: takes over what the last process left, and what a clock ahead of ours has written.
   */
  static Decision recover(KeyRow row, RetryPolicy retry, Instant now) {
    KeyRow present = Rows.pulledIn(row, retry.maxBackoff(), now);
    return switch (row.state()) {
      case WAITING, BACKING_OFF -> Decision.keep(Step.RECOVERED, present);
      case RUNNING -> failed(present, Draft.batchOf(present).token(), true, retry, now);
    };
  }

  /** A message arrives. */
  static Decision submit(@Nullable KeyRow row, String key, PolicyRow policy, Instant now) {
    if (row == null) {
      return Decision.keep(Step.OPENED, Rows.opened(key, policy, now));
    }
    Instant arrival = later(now, row.lastArrivalAt());
    return switch (row.state()) {
      case WAITING -> Decision.keep(Step.EXTENDED, Rows.joined(row, policy, arrival, now));
      case RUNNING, BACKING_OFF ->
          Decision.keep(Step.COUNTED_LATE, Rows.joined(row, policy, arrival, now));
    };
  }

  /**
   * A due time has come. A waiting key's oldest messages become a batch; a batch that backs off
   * keeps its id and members.
   *
   * @param oldest the key's first messages in order: {@code maxBatch} and one more, if there are;
   *     the members, if it backs off. None: somebody else has removed them, so nothing is left to
   *     hand over
   */
  static Decision due(KeyRow row, List<StoredMessage> oldest, long token, Instant now) {
    boolean vanished = oldest.isEmpty();
    return switch (row.state()) {
      case WAITING ->
          vanished
              ? Decision.keep(Step.VANISHED, null)
              : Decision.keep(Step.CLAIMED, Rows.claimed(row, oldest, token, now));
      case BACKING_OFF ->
          vanished
              ? Decision.keep(Step.VANISHED, idleOrFollowUp(row, now))
              : Decision.keep(Step.CLAIMED, Rows.claimedAgain(row, token, now));
      case RUNNING -> throw new IllegalStateException("a running key has no due time");
    };
  }

  /** The handler returned: acknowledges and checks for late messages, in one decision. */
  static Decision returned(@Nullable KeyRow row, long token, Instant now) {
    if (row == null || !runs(row, token)) {
      return Decision.keep(Step.STALE, row);
    }
    return new Decision(Step.COMPLETED, idleOrFollowUp(row, now), members(row));
  }

  /**
   * The handler threw, or the process died while it ran.
   *
   * @param died whether the batch may have killed the process
   */
  static Decision failed(
      @Nullable KeyRow row, long token, boolean died, RetryPolicy retry, Instant now) {
    if (row == null || !runs(row, token)) {
      return Decision.keep(Step.STALE, row);
    }
    BatchRow batch = Draft.batchOf(row);
    if (batch.attempt() >= retry.maxAttempts()) {
      return new Decision(Step.DEAD_LETTERED, idleOrFollowUp(row, now), members(row));
    }
    Instant dueAt = now.plus(Backoff.after(batch.attempt(), batch.id(), retry));
    return Decision.keep(Step.BACKED_OFF, Rows.backingOff(row, batch.attempt(), died, dueAt, now));
  }

  /** The claim was not handed over, or close ended its run: the attempt does not count. */
  static Decision released(@Nullable KeyRow row, long token, Duration delay, Instant now) {
    if (row == null || !runs(row, token)) {
      return Decision.keep(Step.STALE, row);
    }
    BatchRow batch = Draft.batchOf(row);
    return Decision.keep(
        Step.RELEASED,
        Rows.backingOff(row, batch.attempt() - 1, batch.recovered(), now.plus(delay), now));
  }

  /** Some members cannot be read and are buried apart; the others go on under a new batch id. */
  static Decision unreadable(
      @Nullable KeyRow row, BatchRow claimed, int unreadable, long newId, Instant now) {
    if (row == null || !runs(row, claimed.token())) {
      return Decision.keep(Step.STALE, row);
    }
    if (Draft.batchOf(row).id() != claimed.id()) {
      return Decision.keep(Step.UNCHANGED, row); // done before, by a commit of unknown outcome
    }
    return Decision.keep(
        Step.SET_APART,
        unreadable < Draft.batchOf(row).messages()
            ? Rows.without(row, unreadable, newId)
            : idleOrFollowUp(row, now));
  }

  /** What waits is due now, and stays so. A backoff is not shortened. */
  static Decision flush(@Nullable KeyRow row, Instant now) {
    if (row == null || row.window() == null) {
      return Decision.keep(Step.UNCHANGED, row);
    }
    return Decision.keep(Step.FLUSHED, Rows.flushed(row, now));
  }

  /** The window, or while a batch runs or backs off its follow-up, is asked to wait longer. */
  static Decision extend(@Nullable KeyRow row, Instant until, Instant now) {
    var window = row == null ? null : row.window();
    if (row == null || (window != null && window.dueNow())) {
      return Decision.keep(Step.UNCHANGED, row);
    }
    boolean capped = row.policy().quiet() || !row.policy().maxWait().equals(row.policy().minWait());
    return capped
        ? Decision.keep(Step.EXTENDED, Rows.extended(row, later(until, row.extendedUntil()), now))
        : Decision.keep(Step.REFUSED, row);
  }

  /** Throws away what is pending, except a batch that runs. */
  static Decision discard(@Nullable KeyRow row) {
    if (row == null) {
      return Decision.keep(Step.UNCHANGED, null);
    }
    return switch (row.state()) {
      case WAITING, BACKING_OFF ->
          new Decision(Step.DISCARDED, null, MessageRange.after(row.key(), 0));
      case RUNNING ->
          row.window() == null
              ? Decision.keep(Step.UNCHANGED, row)
              : new Decision(Step.DISCARDED, Rows.alone(row), behind(row));
    };
  }

  /** Nothing late: idle. Else the follow-up, which keeps the original start. */
  private static @Nullable KeyRow idleOrFollowUp(KeyRow row, Instant now) {
    return row.window() == null ? null : Rows.followUp(row, row.window(), now);
  }

  private static boolean runs(KeyRow row, long token) {
    return row.state() == KeyState.RUNNING && Draft.batchOf(row).token() == token;
  }

  private static MessageRange members(KeyRow row) {
    return MessageRange.through(row.key(), Draft.batchOf(row).throughSequence());
  }

  private static MessageRange behind(KeyRow row) {
    return MessageRange.after(row.key(), Draft.batchOf(row).throughSequence());
  }
}
