// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.testkit.simulation;

import static io.github.debouncedbuffer.testkit.simulation.Ledger.require;

import io.github.debouncedbuffer.FollowUp;
import io.github.debouncedbuffer.spi.BatchRow;
import io.github.debouncedbuffer.spi.KeyRow;
import io.github.debouncedbuffer.spi.KeyState;
import io.github.debouncedbuffer.spi.StoredMessage;
import io.github.debouncedbuffer.spi.WindowRow;
import io.github.debouncedbuffer.testkit.checking.View;
import io.github.debouncedbuffer.testkit.simulation.Sent.Kept;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The window of a row: when it must be due, by arithmetic of its own on the arrivals that were
 * seen, and whether a claim came too early.
 */
final class WindowCheck {

  private final Ledger ledger;
  private final SupersedeCheck supersedes;
  private final DueNowCheck dueNow;

  /** From when the window counted before the transaction that is looked at. */
  private @Nullable Instant baseBefore;

  WindowCheck(Ledger ledger, SupersedeCheck supersedes) {
    this.ledger = ledger;
    this.dueNow = new DueNowCheck(ledger, supersedes);
    this.supersedes = supersedes;
  }

  void gone(String key) {
    ledger.base.remove(key);
    ledger.withdrawnArrival.remove(key);
  }

  /** From when the messages outside the batch count now. */
  void rebased(String key, View.KeyView was, View.KeyView is, KeyRow after, Instant now) {
    baseBefore = ledger.base.get(key);
    if (ledger.isWithdrawing(key)) {
      ledger.withdrawnArrival.put(key, after.lastArrivalAt());
    }
    StoredMessage oldest = oldestOutside(is.messages(), after.batch());
    if (oldest == null) {
      ledger.base.remove(key);
      return;
    }
    StoredMessage oldestBefore =
        was.row() == null ? null : oldestOutside(was.messages(), was.row().batch());
    Instant base = ledger.base.get(key);
    WindowRow window = after.window();
    if (supersedes.isSuperseded(key, was, is)) {
      boolean unseen = key.equals(ledger.absorbing); // late messages joined first, and some did not
      base = unseen && window != null ? window.countsFrom() : base == null ? now : base;
    } else if (base == null || oldestBefore == null) {
      base = earlier(oldest.arrivedAt(), now);
    } else if (oldestBefore.sequence() != oldest.sequence()) {
      Instant arrival = earlier(oldest.arrivedAt(), now);
      boolean together = oldest.arrivedAt().equals(oldestBefore.arrivedAt());
      base = !ledger.isWithdrawing(key) ? arrival : together ? base : later(arrival, base);
    }
    boolean followUp =
        after.state() == KeyState.WAITING && was.row() != null && was.row().batch() != null;
    if (followUp && ledger.setup.followUp() != FollowUp.FROM_ARRIVAL) {
      base = now;
    }
    ledger.base.put(key, ledger.recovering ? earlier(base, now) : base);
  }

  /** The due time of an open window. */
  void checked(String key, View.KeyView was, View.KeyView is, KeyRow after, Instant now) {
    WindowRow window = after.window();
    Instant base = ledger.base.get(key);
    if (window == null || base == null) {
      return;
    }
    inForce(key, was, is, after);
    dueNow.checked(key, was, is, after, window);
    extended(key, was, is, after);
    Instant due = after.dueAt();
    if (after.state() != KeyState.WAITING || due == null) {
      return;
    }
    if (window.dueNow()) {
      require(!due.isAfter(now), Promise.G7, "%s is to be due now, and is due %s", key, due);
      return;
    }
    Instant expected = due(after, base, is.messages());
    require(
        due.equals(expected), Promise.G7, "%s is due %s, its policy says %s", key, due, expected);
  }

  /** A window's policy is the one that was in force when its first message was submitted. */
  private void inForce(String key, View.KeyView was, View.KeyView is, KeyRow after) {
    KeyRow before = was.row();
    StoredMessage first = oldestOutside(is.messages(), after.batch());
    Kept kept = first == null ? null : ledger.keptBySequence.get(first.sequence());
    boolean mayBeUnseen = ledger.isWithdrawing(key); // it came and went in this very transaction
    if (first == null || kept == null || mayBeUnseen || rest(was, after)) {
      return;
    }
    if (supersedes.isSuperseded(key, was, is)) {
      return;
    }
    if (before != null && before.window() != null && was.has(first.sequence())) {
      require(
          before.policy().equals(after.policy()),
          Promise.G7,
          "the policy of an open window changed to %s",
          after.policy());
      return;
    }
    long wait = ledger.setup.minWait() + (long) kept.sent.more;
    require(
        after.policy().minWait().toSeconds() == wait,
        Promise.G7,
        "a window of message %d has the policy %s, and is to wait %d s",
        kept.sequence,
        after.policy(),
        wait);
  }

  /** Whether the window is the one that was there before. */
  static boolean same(View.KeyView was, View.KeyView is, KeyRow after) {
    KeyRow before = was.row();
    StoredMessage first = oldestOutside(is.messages(), after.batch());
    StoredMessage firstBefore =
        before == null ? null : oldestOutside(was.messages(), before.batch());
    return first != null && firstBefore != null && first.sequence() == firstBefore.sequence();
  }

  /** Whether its window is what a claim of this very transaction has left behind. */
  private static boolean rest(View.KeyView was, KeyRow after) {
    BatchRow had = was.row() == null ? null : was.row().batch();
    BatchRow has = after.batch();
    return has != null && (had == null || had.token() != has.token());
  }

  private void extended(String key, View.KeyView was, View.KeyView is, KeyRow after) {
    KeyRow before = was.row();
    Instant until = after.extendedUntil();
    Instant untilBefore = before == null ? null : before.extendedUntil();
    if (until == null || until.equals(untilBefore)) {
      return;
    }
    require(
        key.equals(ledger.extending) && until.equals(ledger.extendingUntil),
        Promise.G7,
        "%s waits until %s, and nobody asked",
        key,
        until);
    require(
        untilBefore == null || !untilBefore.isAfter(until) || !same(was, is, after),
        Promise.G7,
        "%s was to wait until %s, and now until %s only",
        key,
        untilBefore,
        until);
  }

  /** A new batch: its window was due, or there is a reason why it need not wait. */
  void claimed(
      String key, View.KeyView was, View.KeyView is, KeyRow after, BatchRow batch, Instant now) {
    KeyRow before = was.row();
    boolean full = batch.messages() >= ledger.setup.maxBatch();
    boolean due =
        before != null && before.state() == KeyState.WAITING && isDue(before.dueAt(), now);
    boolean sticky = before != null && before.window() != null && before.window().dueNow();
    boolean followUp = before != null && before.batch() != null;
    boolean late =
        followUp
            && switch (ledger.setup.followUp()) {
              case IMMEDIATELY -> true;
              case FROM_COMPLETION -> false;
              case FROM_ARRIVAL -> isDue(earliest(batch), now);
            };
    require(
        full
            || due
            || sticky
            || late
            || dueNow.isGivenUpAlone(key, was, is)
            || dueNow.urgent(was, is, 0, batch.throughSequence())
            || key.equals(ledger.flushing)
            || ledger.isWithdrawing(key) // it was full before
            || key.equals(ledger.absorbing), // it joined a run that has just ended
        Promise.G6,
        "%s was claimed at %s, its window was due %s",
        key,
        now,
        before == null ? null : before.dueAt());
  }

  private Instant earliest(BatchRow batch) {
    Instant from = baseBefore == null ? batch.openedAt() : baseBefore;
    return from.plusSeconds(ledger.setup.minWait());
  }

  private Instant due(KeyRow row, Instant base, List<StoredMessage> messages) {
    boolean quiet = ledger.setup.quiet();
    Instant last = messages.get(messages.size() - 1).arrivedAt();
    Instant withdrawn = ledger.withdrawnArrival.getOrDefault(row.key(), last);
    boolean ofThisChain = !withdrawn.isAfter(row.lastArrivalAt());
    Instant newest = ofThisChain ? later(last, withdrawn) : last;
    Instant from = quiet ? later(newest, base) : base;
    Instant wanted = from.plus(row.policy().minWait());
    Instant until = row.extendedUntil();
    Instant extended = until == null ? wanted : later(wanted, until);
    return earlier(extended, base.plus(row.policy().maxWait()));
  }

  private static @Nullable StoredMessage oldestOutside(
      List<StoredMessage> messages, @Nullable BatchRow batch) {
    long through = batch == null ? 0 : batch.throughSequence();
    for (StoredMessage message : messages) {
      if (message.sequence() > through) {
        return message;
      }
    }
    return null;
  }

  private static boolean isDue(@Nullable Instant due, Instant now) {
    return due != null && !due.isAfter(now);
  }

  private static Instant earlier(Instant a, Instant b) {
    return a.isBefore(b) ? a : b;
  }

  private static Instant later(Instant a, Instant b) {
    return a.isAfter(b) ? a : b;
  }
}
