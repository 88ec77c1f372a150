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
import io.github.debouncedbuffer.spi.WindowRow;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The life of a key, and the only place where it is decided. Pure functions: a row (null for an
 * idle key), an event and the time go in, a {@link Decision} comes out. One method per event, in
 * the order of the flow; in each, one branch per state. {@link Rows} spells out the new rows. The
 * events of the flow are here; those that change a running batch's members are in {@link
 * MemberProtocol}, those that callers ask for besides submitting in {@link CallerProtocol}.
 *
 * <pre>
 * event       IDLE (no row)  WAITING            RUNNING                    BACKING_OFF
 * recover     -              due pulled in      as failed, but recovered   due pulled in
 *                                               (leased: once that is over)
 * submit      -> WAITING     extends; full: due counted late               counted late
 * due         -              -> RUNNING         impossible                 -> RUNNING, attempt + 1
 * renewed     stale          stale              claim holds for longer     stale
 * absorb      stale          stale              late messages join, new id stale
 * acknowledge stale          stale              fewer members, new id      stale
 * returned    stale          stale              -> IDLE, or the follow-up  stale
 * superseded  stale          stale              -> WAITING, or as failed   stale
 * failed      stale          stale              -> BACKING_OFF, or dead    stale
 * released    stale          stale              -> BACKING_OFF, uncounted  stale
 * unreadable  stale          stale              fewer members, new id      stale
 * flush       unchanged      due now, sticky    the follow-up, if any      the follow-up, if any
 * extend      unchanged      due later          the follow-up              the follow-up
 * discard     unchanged      -> IDLE            the late messages          -> IDLE
 * withdraw    unchanged      -> IDLE, or fewer  one late message           one late message
 * erase       unchanged      -> IDLE            an empty batch             -> IDLE
 * redrive     as submit, for each message of the dead letter
 * timed out   no event: the run is interrupted, its key stays RUNNING until the run really ends
 * rejected    as released: the executor took no run
 * </pre>
 *
 * <p>Absorb, acknowledge and superseded change a batch's members, so they are for attempt 1 alone.
 * A batch that was erased while it runs has no members: its run ends as if it had returned.
 *
 * <p>An event that ends a run carries the run's token; it is stale unless the row is RUNNING under
 * just that token.
 */
final class Protocol {

  private Protocol() {}

  /**
   * Takes over what a process left that is no more, and what a clock ahead of ours has written: at
   * the start, and where nodes share a store now and then.
   */
  static Decision recover(KeyRow row, RetryPolicy retry, Instant now) {
    KeyRow present = Rows.pulledIn(row, retry.maxBackoff(), now);
    return switch (row.state()) {
      case WAITING, BACKING_OFF -> Decision.keep(Step.RECOVERED, present);
      case RUNNING ->
          holds(present, now)
              ? Decision.keep(Step.RECOVERED, present)
              : failed(present, Draft.batchOf(present).token(), true, retry, now);
    };
  }

  /**
   * A message arrives.
   *
   * @param urgent whether a flush rule says that its key is due now
   */
  static Decision submit(
      @Nullable KeyRow row, String key, PolicyRow policy, boolean urgent, Instant now) {
    if (row == null) {
      return Decision.keep(Step.OPENED, Rows.opened(key, policy, urgent, now));
    }
    Instant arrival = later(now, row.lastArrivalAt());
    KeyRow joined = Rows.joined(row, policy, urgent, arrival, now);
    return switch (row.state()) {
      case WAITING -> Decision.keep(Step.EXTENDED, joined);
      case RUNNING, BACKING_OFF -> Decision.keep(Step.COUNTED_LATE, joined);
    };
  }

  /**
   * A due time has come. A waiting key's oldest messages become a batch; a batch that backs off
   * keeps its id and members.
   *
   * @param oldest the key's first messages in order: {@code maxBatch} and one more, if there are;
   *     the members, if it backs off. None: somebody else has removed them, so nothing is left to
   *     hand over
   * @param lease until when the claim holds; null if as long as the process does
   */
  static Decision due(
      KeyRow row, List<StoredMessage> oldest, long token, @Nullable Instant lease, Instant now) {
    boolean vanished = oldest.isEmpty();
    return switch (row.state()) {
      case WAITING ->
          vanished
              ? Decision.keep(Step.VANISHED, null)
              : Decision.keep(Step.CLAIMED, Rows.claimed(row, oldest, token, lease, now));
      case BACKING_OFF ->
          vanished
              ? Decision.keep(Step.VANISHED, idleOrFollowUp(row, now))
              : Decision.keep(Step.CLAIMED, Rows.claimedAgain(row, token, lease, now));
      case RUNNING -> throw new IllegalStateException("a running key has no due time");
    };
  }

  /**
   * The run goes on. A lease that is over is renewed all the same, if nobody has taken the batch
   * over: then nobody else runs it.
   */
  static Decision renewed(@Nullable KeyRow row, long token, Instant lease) {
    return row != null && runs(row, token)
        ? Decision.keep(Step.RENEWED, Rows.renewed(row, lease))
        : Decision.keep(Step.STALE, row);
  }

  /** The handler returned: acknowledges and checks for late messages, in one decision. */
  static Decision returned(@Nullable KeyRow row, long token, Instant now) {
    if (row == null || !runs(row, token)) {
      return Decision.keep(Step.STALE, row);
    }
    return new Decision(Step.COMPLETED, idleOrFollowUp(row, now), members(row));
  }

  /**
   * The handler gave up, because of late messages: it is to see them together with its own.
   *
   * @param most so many times in a row; then it counts as failed
   */
  static Decision superseded(
      @Nullable KeyRow row, long token, int most, RetryPolicy retry, Instant now) {
    return row != null && runs(row, token) && maySupersede(row, most)
        ? Decision.keep(Step.SUPERSEDED, Rows.superseded(row, now))
        : failed(row, token, false, retry, now);
  }

  /** Whether late messages may supersede the running batch: not if none could join it. */
  static boolean maySupersede(KeyRow row, int most) {
    int messages = Draft.batchOf(row).messages();
    boolean joinable = messages > 0 && messages < row.policy().maxBatch();
    return isFirstAttempt(row) && joinable && row.supersedes() < most;
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
    if (batch.messages() == 0) {
      return Decision.keep(Step.VANISHED, idleOrFollowUp(row, now));
    }
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
    if (batch.messages() == 0) {
      return Decision.keep(Step.VANISHED, idleOrFollowUp(row, now));
    }
    return Decision.keep(
        Step.RELEASED,
        Rows.backingOff(row, batch.attempt() - 1, batch.recovered(), now.plus(delay), now));
  }

  /** Nothing late: idle. Else the follow-up, which keeps the original start. */
  static @Nullable KeyRow idleOrFollowUp(KeyRow row, Instant now) {
    WindowRow late = row.window();
    return late == null ? null : Rows.followUp(Draft.of(row).supersedes(0).row(), late, now);
  }

  /** Whether this very batch runs under this token, and something of it is left. */
  static boolean isCurrent(KeyRow row, long token, long id) {
    return runs(row, token) && Draft.batchOf(row).id() == id && Draft.batchOf(row).messages() > 0;
  }

  /** Whether a claim has a lease that is not over: then its process counts as alive. */
  private static boolean holds(KeyRow row, Instant now) {
    Instant lease = Draft.batchOf(row).leaseUntil();
    return lease != null && lease.isAfter(now);
  }

  private static boolean isFirstAttempt(KeyRow row) {
    return Draft.batchOf(row).attempt() == 1;
  }

  static boolean runs(KeyRow row, long token) {
    return row.state() == KeyState.RUNNING && Draft.batchOf(row).token() == token;
  }

  private static MessageRange members(KeyRow row) {
    return MessageRange.through(row.key(), Draft.batchOf(row).throughSequence());
  }
}
