// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.testkit.simulation;

import static io.github.debouncedbuffer.testkit.simulation.Ledger.require;

import io.github.debouncedbuffer.spi.BatchRow;
import io.github.debouncedbuffer.spi.KeyRow;
import io.github.debouncedbuffer.spi.KeyState;
import io.github.debouncedbuffer.testkit.checking.View;
import org.jspecify.annotations.Nullable;

/** Runs that give way to late messages: which may, and how many in a row. */
final class SupersedeCheck {

  private final Ledger ledger;

  SupersedeCheck(Ledger ledger) {
    this.ledger = ledger;
  }

  /** Whether the batch that ran is no more, and its messages are still to be handled. */
  boolean isSuperseded(String key, View.KeyView was, View.KeyView is) {
    KeyRow before = was.row();
    KeyRow after = is.row();
    if (before == null || after == null || before.state() != KeyState.RUNNING) {
      return false;
    }
    BatchRow had = before.batch();
    BatchRow has = after.batch();
    if (had == null || (has != null && has.token() == had.token()) || isRest(key, had, has)) {
      return false;
    }
    return was.messages().stream()
        .anyMatch(m -> m.sequence() <= had.throughSequence() && is.has(m.sequence()));
  }

  /** Whether a batch is what its last run left, claimed in the transaction that ended that run. */
  boolean isRest(String key, BatchRow had, @Nullable BatchRow has) {
    Run run = ledger.run(key, had);
    return has != null
        && has.token() != had.token()
        && has.throughSequence() == had.throughSequence()
        && run != null
        && run.state == Run.State.RETURNED
        && has.messages() == had.messages() - run.handled();
  }

  void changed(String key, View.KeyView was, View.KeyView is, KeyRow after) {
    KeyRow before = was.row();
    boolean chain = was.messages().stream().anyMatch(m -> is.has(m.sequence()));
    if (before != null && !chain && ledger.isWithdrawing(key)) {
      // All that was there may have gone with the transaction that ended its run.
      require(
          after.supersedes() <= before.supersedes() + 1, Promise.G7, "%s counts %s", key, after);
    } else if (before == null || (!chain && !goesOn(before.batch(), after.batch()))) {
      require(after.supersedes() == 0, Promise.G7, "%s begins with supersedes: %s", key, after);
    } else if (isSuperseded(key, was, is)) {
      superseded(key, before, after);
    } else {
      BatchRow had = before.batch();
      BatchRow has = after.batch();
      boolean ended = had != null && !sameBatch(had, has) && !isRest(key, had, has);
      boolean inPart = had != null && returnedInPart(key, had, has, after);
      int expected = ended || inPart ? 0 : before.supersedes();
      int counted = after.supersedes();
      require(
          counted == expected || (counted == before.supersedes() + 1 && hasGivenUpUnseen(key, had)),
          Promise.G7,
          "%s was superseded %d times in a row, and counts %d",
          key,
          expected,
          counted);
    }
  }

  /** A handler returned with a part of its batch: the rest begins a new row of supersedes. */
  private boolean returnedInPart(String key, BatchRow had, @Nullable BatchRow has, KeyRow after) {
    Run run = ledger.run(key, had);
    boolean over = after.state() == KeyState.BACKING_OFF || isRest(key, had, has);
    return over && run != null && run.state == Run.State.RETURNED;
  }

  /** Its members have gone, or others have joined, in the very transaction that ended its run. */
  private boolean hasGivenUpUnseen(String key, @Nullable BatchRow had) {
    Run run = had == null ? null : ledger.run(key, had);
    boolean unseen = ledger.isWithdrawing(key) || key.equals(ledger.absorbing);
    return unseen && run != null && run.gaveUp;
  }

  private static boolean goesOn(@Nullable BatchRow had, @Nullable BatchRow has) {
    return had != null && has != null && had.token() == has.token();
  }

  /** A retry has another token, and a batch whose members change another id. */
  private static boolean sameBatch(BatchRow had, @Nullable BatchRow has) {
    return has != null && (had.id() == has.id() || had.token() == has.token());
  }

  private void superseded(String key, KeyRow before, KeyRow after) {
    ledger.coverage.add(Event.SUPERSEDED, before);
    Run run = before.batch() == null ? null : ledger.run(key, before.batch());
    require(
        run != null && run.gaveUp,
        Promise.G11,
        "the batch of %s is no more, and its run has not given way: %s",
        key,
        before);
    require(
        before.supersedes() < ledger.setup.supersedes(),
        Promise.G7,
        "%s is superseded once more, after %d times in a row",
        key,
        before.supersedes());
    require(
        run != null && !run.settled && isFirstAndNotFull(before, run),
        Promise.G11,
        "%s may not be superseded: %s",
        key,
        before);
    require(
        after.supersedes() == before.supersedes() + 1,
        Promise.G7,
        "%s does not count that it was superseded: %s",
        key,
        after);
  }

  /**
   * Whether a run that gives up does not fail by that. What joined it in the transaction that ended
   * it, and may have filled it, is not seen here.
   */
  boolean mayGiveUp(@Nullable KeyRow row, @Nullable Run run) {
    return row != null
        && run != null
        && isFirstAndNotFull(row, run)
        && row.supersedes() < ledger.setup.supersedes()
        && run.gaveUp
        && !run.settled
        && !run.closing
        && !run.key.equals(ledger.absorbing);
  }

  /** On its first attempt, with something left to supersede and room for what is late. */
  private static boolean isFirstAndNotFull(KeyRow row, Run run) {
    BatchRow batch = row.batch();
    int left = batch == null ? 0 : batch.messages() - run.handled();
    return batch != null && batch.attempt() == 1 && left > 0 && left < row.policy().maxBatch();
  }
}
