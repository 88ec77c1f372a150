// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.testkit.simulation;

import static io.github.debouncedbuffer.testkit.simulation.Ledger.present;
import static io.github.debouncedbuffer.testkit.simulation.Ledger.require;

import io.github.debouncedbuffer.spi.BatchRow;
import io.github.debouncedbuffer.spi.KeyRow;
import io.github.debouncedbuffer.spi.KeyState;
import io.github.debouncedbuffer.testkit.checking.View;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The claimed batch of a row, before and after a transaction: claims, ends, attempts, backoffs. */
final class BatchCheck {

  private final Ledger ledger;
  private final WindowCheck windows;
  private final SupersedeCheck supersedes;

  BatchCheck(Ledger ledger, WindowCheck windows, SupersedeCheck supersedes) {
    this.ledger = ledger;
    this.windows = windows;
    this.supersedes = supersedes;
  }

  void changed(String key, View.KeyView was, View.KeyView is, KeyRow after, Instant now) {
    KeyRow before = was.row();
    BatchRow had = before == null ? null : before.batch();
    BatchRow has = after.batch();
    if (has == null) {
      return;
    }
    if (before != null
        && had != null
        && had.token() != has.token()
        && supersedes.isRest(key, had, has)) {
      ledger.coverage.add(Event.ACKNOWLEDGED, before);
      restClaimed(had, has);
      return;
    }
    if (before == null || had == null || (had.id() != has.id() && had.token() != has.token())) {
      claimed(key, was, is, after, has, now);
      return;
    }
    if (had.id() != has.id()) {
      otherMembers(key, before, had, after, has, now);
      return;
    }
    boolean erased = key.equals(ledger.erasing) && has.messages() == 0;
    boolean same =
        had.messages() == has.messages() && had.throughSequence() == has.throughSequence();
    require(erased || same, Promise.G11, "batch %d changed its members: %s", had.id(), has);
    if (had.token() != has.token()) {
      claimedAgain(before, had, has, now);
    } else if (before.state() == KeyState.RUNNING && after.state() == KeyState.BACKING_OFF) {
      backedOff(key, before, had, after, has, now);
    } else {
      unchanged(before, had, after, has, now);
    }
  }

  private void claimed(
      String key, View.KeyView was, View.KeyView is, KeyRow after, BatchRow has, Instant now) {
    require(has.attempt() == 1, Promise.G12, "a new batch begins at another attempt: %s", has);
    require(
        has.messages() <= ledger.setup.maxBatch(), Promise.G5, "the batch is too large: %s", has);
    drawn(has);
    ledger.coverage.add(Event.DUE, was.row());
    require(ledger.batches.add(has.id()), Promise.G10, "batch id %d came again", has.id());
    windows.claimed(key, was, is, after, has, now);
  }

  /** Some have joined, were handled, or could not be read. */
  private void otherMembers(
      String key, KeyRow before, BatchRow had, KeyRow after, BatchRow has, Instant now) {
    Run run = ledger.run(key, had);
    require(
        had.attempt() == 1 || has.messages() < had.messages(),
        Promise.G11,
        "a batch that was tried before has other members: %s became %s",
        had,
        has);
    boolean over = run != null && !run.isOpen() && after.state() != KeyState.RUNNING;
    if (run != null && over && run.handled() > 0) {
      ledger.coverage.add(Event.ACKNOWLEDGED, before);
      acknowledged(had, after, has, run, now);
    } else if (has.messages() > had.messages()) {
      ledger.coverage.add(Event.ABSORBED, before);
      absorbed(key, had, after, has, run);
    } else {
      ledger.coverage.add(Event.SET_APART, before);
      setApart(had, after, has);
    }
    require(ledger.batches.add(has.id()), Promise.G10, "batch id %d came again", has.id());
  }

  private void absorbed(String key, BatchRow had, KeyRow after, BatchRow has, @Nullable Run run) {
    boolean justEnded = key.equals(ledger.absorbing) && run != null && !run.isOpen();
    boolean goesOn = after.state() == KeyState.RUNNING && has.attempt() == had.attempt();
    require(
        (goesOn || justEnded)
            && has.messages() <= after.policy().maxBatch()
            && (run == null || !run.settled),
        Promise.G11,
        "late messages joined where they may not: %s became %s",
        had,
        has);
  }

  /** The rest is due at once, as if it had not run, or backs off with its attempt. */
  private void acknowledged(BatchRow had, KeyRow after, BatchRow has, Run run, Instant now) {
    boolean returned = run.state == Run.State.RETURNED;
    int expected = returned ? 0 : had.attempt();
    boolean grown = has.throughSequence() > had.throughSequence(); // just before the end
    boolean released = run.closing && has.attempt() == had.attempt() - 1;
    require(
        after.state() == KeyState.BACKING_OFF
            && (grown || has.messages() == had.messages() - run.handled())
            && (has.attempt() == expected || released),
        Promise.G11,
        "%d messages of %s are handled, and it became %s",
        run.handled(),
        had,
        has);
    Instant due = present(after.dueAt(), Promise.G3, "a rest backs off without an end");
    Instant until = returned || released ? now : now.plus(backoff(has.attempt()));
    require(due.equals(until), Promise.G7, "the rest %s is due %s, not %s", has, due, until);
  }

  /** The end of a run and the claim of what it left are one transaction. */
  private void restClaimed(BatchRow had, BatchRow has) {
    drawn(has);
    require(
        has.attempt() == had.attempt() && had.attempt() == 1,
        Promise.G11,
        "a rest of %s begins at another attempt: %s",
        had,
        has);
    require(ledger.batches.add(has.id()), Promise.G10, "batch id %d came again", has.id());
  }

  /** Some of its messages could not be read: the others go on under a new id. */
  private void setApart(BatchRow had, KeyRow after, BatchRow has) {
    boolean released = after.state() == KeyState.BACKING_OFF;
    require(
        has.messages() < had.messages() && has.attempt() == had.attempt() - (released ? 1 : 0),
        Promise.G11,
        "batch %s became %s",
        had,
        has);
  }

  private void claimedAgain(KeyRow before, BatchRow had, BatchRow has, Instant now) {
    require(
        before.state() == KeyState.BACKING_OFF,
        Promise.G4,
        "batch %s was claimed again while it runs",
        had);
    drawn(has);
    ledger.coverage.add(Event.DUE, before);
    require(
        before.dueAt() != null && !before.dueAt().isAfter(now),
        Promise.G6,
        "batch %s was to back off until %s",
        had,
        before.dueAt());
    require(has.attempt() == had.attempt() + 1, Promise.G11, "attempt %s follows %s", has, had);
  }

  private void backedOff(
      String key, KeyRow before, BatchRow had, KeyRow after, BatchRow has, Instant now) {
    Run run = ledger.run(key, had);
    boolean failed =
        ledger.recovering || (run != null && run.state == Run.State.THREW && !run.closing);
    ledger.coverage.add(failed ? Event.FAILED : Event.RELEASED, before);
    if (!failed) {
      boolean closed = run != null && run.stage.isCancelled() && !run.isBeyond(now);
      require(
          !closed || has.attempt() == had.attempt() - 1,
          Promise.G11,
          "the close ended the run of %s, and its attempt was counted: %s",
          had,
          has);
      require(
          has.attempt() == had.attempt() || has.attempt() == had.attempt() - 1,
          Promise.G11,
          "a released claim went from %s to %s",
          had,
          has);
      return;
    }
    require(
        ledger.recovering || !supersedes.mayGiveUp(before, run),
        Promise.G12,
        "%s was superseded, and counts as failed: %s",
        had,
        has);
    Promise broken = ledger.isStale(key) ? Promise.G10 : Promise.G11;
    require(has.attempt() == had.attempt(), broken, "a failed %s became %s", had, has);
    require(
        has.attempt() < ledger.setup.maxAttempts(),
        Promise.G12,
        "batch %s has used up its attempts and is to be tried again",
        has);
    Instant due = present(after.dueAt(), Promise.G3, "a batch backs off without an end");
    Instant until = now.plus(backoff(has.attempt()));
    require(!due.isBefore(until), Promise.G6, "%s backs off until %s only", has, due);
    require(due.equals(until), Promise.G7, "%s backs off until %s, not %s", has, due, until);
  }

  private void unchanged(KeyRow before, BatchRow had, KeyRow after, BatchRow has, Instant now) {
    require(before.state() == after.state(), Promise.G10, "%s runs again under one token", has);
    require(had.attempt() == has.attempt(), Promise.G11, "attempts of %s became %s", had, has);
    Instant kept = before.dueAt();
    Instant due = after.dueAt();
    if (kept != null && due != null && !kept.equals(due)) {
      Instant most = now.plus(ledger.setup.retry().maxBackoff());
      require(
          ledger.recovering && due.equals(most) && due.isBefore(kept),
          Promise.G11,
          "the backoff of %s moved from %s to %s",
          has,
          kept,
          due);
    }
  }

  private void drawn(BatchRow has) {
    require(ledger.tokens.add(has.token()), Promise.G10, "token %d came again", has.token());
  }

  private Duration backoff(int attempt) {
    Duration wait = ledger.setup.retry().initialBackoff();
    Duration most = ledger.setup.retry().maxBackoff();
    for (int i = 1; i < attempt && wait.compareTo(most) < 0; i++) {
      wait = wait.multipliedBy(2);
    }
    return wait.compareTo(most) < 0 ? wait : most;
  }

  /** Whether a row's batch was taken over from a process that died. */
  static boolean isRecovered(@Nullable KeyRow row) {
    return row != null && row.batch() != null && row.batch().recovered();
  }
}
