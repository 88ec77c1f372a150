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
import org.jspecify.annotations.Nullable;

/** Windows that wait no longer, whatever their policy says. */
final class DueNowCheck {

  private final Ledger ledger;
  private final SupersedeCheck supersedes;

  DueNowCheck(Ledger ledger, SupersedeCheck supersedes) {
    this.ledger = ledger;
    this.supersedes = supersedes;
  }

  /** Flush and full make a window due, nothing else does, and nothing takes it back. */
  void checked(String key, View.KeyView was, View.KeyView is, KeyRow after, WindowRow window) {
    KeyRow before = was.row();
    boolean full = window.messages() >= ledger.setup.maxBatch();
    BatchRow batch = after.batch();
    boolean rest = batch != null && batch.messages() >= ledger.setup.maxBatch();
    boolean dueBefore = before != null && before.window() != null && before.window().dueNow();
    boolean ended = before != null && before.batch() != null && after.state() == KeyState.WAITING;
    boolean atOnce =
        (ended && ledger.setup.followUp() == FollowUp.IMMEDIATELY) || isGivenUpAlone(key, was, is);
    long through = batch == null ? 0 : batch.throughSequence();
    boolean urgent = urgent(was, is, through, Long.MAX_VALUE);
    require(
        !urgent || window.dueNow(),
        Promise.G7,
        "the flush rule names a message of %s, and its window is not due",
        key);
    require(!full || window.dueNow(), Promise.G7, "the window of %s is full, and not due", key);
    boolean wasFull = ledger.isWithdrawing(key) || isOther(before, batch);
    require(
        !window.dueNow()
            || full
            || rest
            || dueBefore
            || atOnce
            || urgent
            || wasFull
            || key.equals(ledger.flushing)
            || key.equals(ledger.absorbing), // and then gave way, with nothing left to wait for
        Promise.G7,
        "the window of %s became due without a reason",
        key);
    boolean same = dueBefore && WindowCheck.same(was, is, after);
    require(!same || window.dueNow(), Promise.G7, "the window of %s is due no longer", key);
  }

  /** Whether the batch has other members than before, so that a full window may have lost some. */
  private static boolean isOther(@Nullable KeyRow before, @Nullable BatchRow batch) {
    return batch != null
        && before != null
        && before.batch() != null
        && before.batch().id() != batch.id();
  }

  /** Whether a new message between the two is one that the flush rule names. */
  boolean urgent(View.KeyView was, View.KeyView is, long after, long through) {
    return is.messages().stream()
        .map(StoredMessage::sequence)
        .filter(s -> s > after && s <= through && !was.has(s))
        .map(ledger.keptBySequence::get)
        .anyMatch(kept -> kept != null && kept.sent.urgent);
  }

  /** A run gave way, and the late messages for which it did are gone: nobody is waited for. */
  boolean isGivenUpAlone(String key, View.KeyView was, View.KeyView is) {
    KeyRow before = was.row();
    return before != null && before.window() == null && supersedes.isSuperseded(key, was, is);
  }
}
