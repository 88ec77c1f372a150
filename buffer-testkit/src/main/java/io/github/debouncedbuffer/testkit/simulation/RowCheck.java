// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.testkit.simulation;

import static io.github.debouncedbuffer.testkit.simulation.Ledger.present;
import static io.github.debouncedbuffer.testkit.simulation.Ledger.require;

import io.github.debouncedbuffer.spi.BatchRow;
import io.github.debouncedbuffer.spi.DeadLetterRow;
import io.github.debouncedbuffer.spi.KeyRow;
import io.github.debouncedbuffer.spi.KeyState;
import io.github.debouncedbuffer.spi.StoredMessage;
import io.github.debouncedbuffer.testkit.checking.View;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Looks at a key's row before and after a transaction: its existence, its start, its batch. */
final class RowCheck {

  private final Ledger ledger;
  private final WindowCheck windows;
  private final BatchCheck batches;
  private final SupersedeCheck supersedes;

  RowCheck(Ledger ledger) {
    this.ledger = ledger;
    this.supersedes = new SupersedeCheck(ledger);
    this.windows = new WindowCheck(ledger, supersedes);
    this.batches = new BatchCheck(ledger, windows, supersedes);
  }

  void changed(String key, View.KeyView was, View.KeyView is, Instant now) {
    KeyRow before = was.row();
    KeyRow after = is.row();
    if (ledger.recovering) {
      ledger.coverage.add(Event.RECOVERED, before);
    }
    Run ended = ended(key, before, after);
    if (after == null) {
      require(
          is.messages().isEmpty(),
          Promise.G3,
          "%s has pending messages %s and no row",
          key,
          sequences(is.messages()));
      windows.gone(key);
    } else {
      stored(was, is, after);
      counted(is, after);
      started(was, is, after);
      supersedes.changed(key, was, is, after);
      windows.rebased(key, was, is, after, now);
      batches.changed(key, was, is, after, now);
      windows.checked(key, was, is, after, now);
    }
    if (ended != null) {
      ledger.runs.remove(key);
    }
  }

  private static void stored(View.KeyView was, View.KeyView is, KeyRow after) {
    BatchRow had = was.row() == null ? null : was.row().batch();
    BatchRow has = after.batch();
    boolean leftBehind = had != null && has != null && had.token() == has.token();
    boolean erased = has != null && has.messages() == 0;
    require(
        erased || !is.messages().isEmpty(),
        leftBehind ? Promise.G15 : Promise.G2,
        "no message of this row is stored: %s",
        after);
    require(
        after.state() != KeyState.RUNNING || after.dueAt() == null,
        Promise.G4,
        "a running key has a due time: %s",
        after);
  }

  /** A run that goes on keeps its key. Returns the run that has ended, if there was one. */
  private @Nullable Run ended(String key, @Nullable KeyRow before, @Nullable KeyRow after) {
    BatchRow batch = before == null ? null : before.batch();
    if (before == null || batch == null || before.state() != KeyState.RUNNING) {
      return null;
    }
    BatchRow next = after == null ? null : after.batch();
    boolean goesOn =
        after != null
            && next != null
            && after.state() == KeyState.RUNNING
            && next.token() == batch.token();
    Run run = ledger.run(key, batch);
    if (goesOn || run == null) {
      return null;
    }
    notOpen(key, run);
    if (run.state == Run.State.RETURNED) {
      ledger.coverage.add(Event.RETURNED, before);
      require(
          next == null || next.id() != batch.id(),
          Promise.G9,
          "batch %d was handled, and is to be tried again",
          batch.id());
    }
    return run;
  }

  private void notOpen(String key, Run run) {
    require(
        !run.isOpen(),
        ledger.isStale(key) ? Promise.G10 : Promise.G4,
        "%s was released while its run of %s goes on",
        key,
        run.batch.id());
  }

  private static void started(View.KeyView was, View.KeyView is, KeyRow after) {
    KeyRow before = was.row();
    if (is.messages().isEmpty()) {
      return; // they were erased while they are handled
    }
    Instant oldest = is.messages().get(0).arrivedAt();
    for (StoredMessage message : is.messages()) {
      require(
          !after.startedAt().isAfter(message.arrivedAt()),
          Promise.G8,
          "the original start %s is later than the arrival of message %d",
          after.startedAt(),
          message.sequence());
    }
    boolean same = before != null && before.startedAt().equals(after.startedAt());
    boolean chain = before != null && was.messages().stream().anyMatch(m -> is.has(m.sequence()));
    require(
        same || (!chain && after.startedAt().equals(oldest)),
        Promise.G8,
        "the original start moved to %s, from %s",
        after.startedAt(),
        before == null ? oldest : before.startedAt());
    require(
        !chain || before == null || !after.lastArrivalAt().isBefore(before.lastArrivalAt()),
        Promise.G8,
        "the last arrival went back to %s",
        after.lastArrivalAt());
  }

  private static void counted(View.KeyView is, KeyRow after) {
    BatchRow batch = after.batch();
    if (batch != null) {
      long members =
          is.messages().stream().filter(m -> m.sequence() <= batch.throughSequence()).count();
      require(
          members == batch.messages(),
          members < batch.messages() ? Promise.G2 : Promise.G5,
          "batch %s counts %d members and reaches over %d messages",
          batch,
          batch.messages(),
          members);
    }
    require(
        after.pending() == is.messages().size(),
        after.pending() < is.messages().size() ? Promise.G3 : Promise.G2,
        "the row counts %d pending messages, stored are %s",
        after.pending(),
        sequences(is.messages()));
  }

  /** A batch that used up its attempts: just its members, after just so many claims. */
  void died(View.KeyView was, DeadLetterRow letter, Set<Long> dead) {
    KeyRow row = present(was.row(), Promise.G12, letter + " died without a row");
    BatchRow batch = present(row.batch(), Promise.G12, letter + " died without having run");
    ledger.coverage.add(Event.DIED, row);
    require(
        row.state() == KeyState.RUNNING && (batch.id() == letter.id() || isRest(letter, batch)),
        Promise.G12,
        "%s died without having run",
        letter);
    require(
        letter.attempts() == ledger.setup.maxAttempts() && batch.attempt() == letter.attempts(),
        Promise.G12,
        "%s died after %d attempts of %d",
        letter,
        batch.attempt(),
        ledger.setup.maxAttempts());
    Run run = ledger.run(letter.key(), batch);
    if (run != null) {
      notOpen(letter.key(), run);
    }
    require(
        ledger.recovering || !supersedes.mayGiveUp(row, run),
        Promise.G12,
        "%s died though its run was superseded",
        letter);
    require(
        ledger.recovering || run == null || run.state == Run.State.THREW,
        Promise.G12,
        "%s died though its handler did not fail",
        letter);
    List<Long> members =
        was.messages().stream()
            .map(StoredMessage::sequence)
            .filter(s -> s <= batch.throughSequence() && !isHandled(run, s))
            .toList();
    require(
        letter.key().equals(ledger.absorbing)
            ? dead.containsAll(members)
            : dead.equals(Set.copyOf(members)),
        Promise.G12,
        "%s holds %s, its batch was %s",
        letter,
        dead,
        members);
  }

  /** What was handled in part, or has just grown, dies under an id of its own. */
  private boolean isRest(DeadLetterRow letter, BatchRow batch) {
    Run run = ledger.run(letter.key(), batch);
    boolean other = run != null && (run.handled() > 0 || letter.key().equals(ledger.absorbing));
    return other && ledger.batches.add(letter.id());
  }

  private boolean isHandled(@Nullable Run run, long sequence) {
    Sent.Kept kept = ledger.keptBySequence.get(sequence);
    return run != null && kept != null && run.hasHandled(kept);
  }

  private static List<Long> sequences(List<StoredMessage> messages) {
    return messages.stream().map(StoredMessage::sequence).toList();
  }
}
