// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.testkit.simulation;

import static io.github.debouncedbuffer.testkit.simulation.Ledger.require;

import io.github.debouncedbuffer.spi.BatchRow;
import io.github.debouncedbuffer.spi.KeyRow;
import io.github.debouncedbuffer.spi.KeyState;
import io.github.debouncedbuffer.spi.StoredMessage;
import io.github.debouncedbuffer.testkit.checking.View;
import io.github.debouncedbuffer.testkit.simulation.Sent.Kept;
import io.github.debouncedbuffer.testkit.simulation.Sent.Kept.Fate;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Compares what a transaction left with what was there before: which messages came and went, and
 * whether anything explains it. The rows are then looked at by {@link RowCheck}.
 */
final class CommitCheck {

  private final Ledger ledger;
  private final RowCheck rows;
  private final LetterCheck letters;
  private long lastBefore;

  CommitCheck(Ledger ledger) {
    this.ledger = ledger;
    this.rows = new RowCheck(ledger);
    this.letters = new LetterCheck(ledger, rows);
  }

  void committed(View after, Instant now) {
    View before = ledger.view;
    ledger.latest = ledger.latest.isAfter(now) ? ledger.latest : now;
    unseenFrom(now);
    lastBefore = ledger.lastSequence;
    letters.changed(before, after, now);
    for (String key : ledger.keys) {
      View.KeyView was = before.of(key);
      View.KeyView is = after.of(key);
      if (is.unchanged(was)) {
        continue;
      }
      for (StoredMessage message : was.messages()) {
        if (!is.has(message.sequence())) {
          left(key, was, message, now);
        }
      }
      for (StoredMessage message : is.messages()) {
        if (!was.has(message.sequence())) {
          came(key, was, message, now);
        }
      }
      rows.changed(key, was, is, now);
      followed(key, was.row(), is.row());
    }
    ledger.unknown = false;
    ledger.view = after;
  }

  /** What came in a commit that also removes may never be seen. */
  private void unseenFrom(Instant now) {
    for (String key : ledger.keys) {
      boolean erasing = key.equals(ledger.erasing);
      if (erasing || key.equals(ledger.discarding) || ledger.isWithdrawing(key)) {
        ledger.discardedAt.put(key, now);
      }
      if (erasing) {
        ledger.erasedAt.put(key, now);
      }
    }
  }

  /** Whether nothing but the members of a batch changed, while it runs. */
  private static boolean sameRun(@Nullable BatchRow had, @Nullable BatchRow has) {
    return had != null
        && has != null
        && had.token() == has.token()
        && had.attempt() == has.attempt()
        && had.id() != has.id();
  }

  /** What is to be remembered of a change: see there. */
  private void followed(String key, @Nullable KeyRow before, @Nullable KeyRow after) {
    Instant due = before == null ? null : before.dueAt();
    if (after == null || !Objects.equals(due, after.dueAt())) {
      ledger.restored.remove(key);
    }
    BatchRow had = before == null ? null : before.batch();
    BatchRow has = after == null ? null : after.batch();
    if (ledger.unknown && !sameRun(had, has) && !Objects.equals(had, has)) {
      ledger.stale.put(key, ledger.latest);
    }
  }

  /** A message that is pending no longer must be dead, handled or discarded. */
  private void left(String key, View.KeyView was, StoredMessage message, Instant now) {
    Kept kept = ledger.keptBySequence.get(message.sequence());
    if (kept == null || kept.fate == Fate.DEAD) {
      return;
    }
    Run run = ledger.runs.get(key);
    boolean running =
        was.row() != null
            && was.row().state() == KeyState.RUNNING
            && was.row().batch() != null
            && message.sequence() <= was.row().batch().throughSequence();
    boolean discarded =
        key.equals(ledger.discarding)
            || (kept.sent.id != null && Ledger.idOf(key, kept.sent.id).equals(ledger.withdrawing));
    boolean handled = run != null && run.hasHandled(kept);
    boolean unhandled = run == null || (!run.isOpen() && !handled);
    if (key.equals(ledger.erasing) && !handled) {
      kept.fate = Fate.ERASED;
    } else if (running && !(discarded && unhandled)) {
      require(
          handled,
          ledger.isStale(key) ? Promise.G10 : Promise.G2,
          "message %d of %s was deleted though no handler has returned with it",
          message.sequence(),
          key);
      kept.fate = Fate.HANDLED;
    } else {
      require(
          discarded,
          Promise.G2,
          "message %d of %s was deleted: not running, not discarded",
          message.sequence(),
          key);
      kept.fate = Fate.DISCARDED;
    }
    kept.endedAt = now;
  }

  private void came(String key, View.KeyView was, StoredMessage message, Instant now) {
    String payload = new String(message.payload(), StandardCharsets.UTF_8);
    Sent sent = ledger.sentByPayload.get(payload);
    if (sent == null) {
      throw new Violation(Promise.G2, "a message that nobody sent is stored for " + key);
    }
    long sequence = message.sequence();
    require(
        sequence > lastBefore,
        Promise.G10,
        "sequence %d came again; the last one was %d",
        sequence,
        lastBefore);
    require(sent.key.equals(key), Promise.G14, "a message of %s is stored for %s", sent.key, key);
    require(
        sent.answer != Sent.Answer.REFUSED,
        Promise.G1,
        "message %d was refused, and is stored",
        sequence);
    Instant last = was.row() == null ? now : was.row().lastArrivalAt();
    Instant arrival = last.isAfter(now) ? last : now;
    require(
        message.arrivedAt().equals(arrival) || message.arrivedAt().equals(now),
        Promise.G8,
        "message %d arrived at %s, and its arrival says %s",
        sequence,
        arrival,
        message.arrivedAt());
    store(sent, sequence);
    ledger.coverage.add(Event.SUBMITTED, was.row());
  }

  private void store(Sent sent, long sequence) {
    Kept earlier = sent.kept;
    if (earlier != null) {
      Promise broken = sent.id == null ? Promise.G9 : Promise.G13;
      require(
          earlier.fate == Fate.REDRIVEN,
          earlier.fate == Fate.DEAD ? Promise.G2 : broken,
          "one submit is stored as %d (%s) and as %d",
          earlier.sequence,
          earlier.fate,
          sequence);
    }
    if (sent.id != null) {
      String id = Ledger.idOf(sent.key, sent.id);
      Kept known = ledger.keptById.get(id);
      require(
          known == null
              || sent.key.equals(ledger.erasing)
              || !known.isRemembered(ledger.latest, ledger.retention()),
          Promise.G13,
          "id %s is stored again, as %d",
          id,
          sequence);
    }
    if (earlier != null) {
      sent.more = ledger.more; // redriven: it arrives now
      sent.urgent = false;
    }
    Kept kept = new Kept(sent, sequence);
    sent.kept = kept;
    ledger.keptBySequence.put(sequence, kept);
    if (sent.id != null) {
      ledger.keptById.put(Ledger.idOf(sent.key, sent.id), kept);
    }
    ledger.lastSequence = Math.max(ledger.lastSequence, sequence);
  }
}
