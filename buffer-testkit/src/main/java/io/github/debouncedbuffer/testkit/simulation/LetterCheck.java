// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.testkit.simulation;

import static io.github.debouncedbuffer.testkit.simulation.Ledger.present;
import static io.github.debouncedbuffer.testkit.simulation.Ledger.require;

import io.github.debouncedbuffer.spi.BuriedLetter;
import io.github.debouncedbuffer.spi.StoredMessage;
import io.github.debouncedbuffer.testkit.checking.View;
import io.github.debouncedbuffer.testkit.simulation.Sent.Kept;
import io.github.debouncedbuffer.testkit.simulation.Sent.Kept.Fate;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;

/** Dead letters that came and went with a transaction, and whether anything explains it. */
final class LetterCheck {

  private final Ledger ledger;
  private final RowCheck rows;

  LetterCheck(Ledger ledger, RowCheck rows) {
    this.ledger = ledger;
    this.rows = rows;
  }

  void changed(View before, View after, Instant now) {
    after
        .letters()
        .forEach(
            (id, letter) -> {
              if (!before.letters().containsKey(id)) {
                buried(before.of(letter.row().key()), letter);
              }
            });
    before
        .letters()
        .forEach(
            (id, letter) -> {
              if (!after.letters().containsKey(id)) {
                unburied(id, letter, now);
              }
            });
  }

  private void buried(View.KeyView was, BuriedLetter letter) {
    Set<Long> dead = new HashSet<>();
    for (StoredMessage message : letter.messages()) {
      Kept kept =
          present(
              ledger.keptBySequence.get(message.sequence()),
              Promise.G12,
              "a dead letter holds a message that was never stored");
      require(
          kept.fate == Fate.PENDING,
          Promise.G12,
          "dead letter %s holds message %d, which was not pending",
          letter.row(),
          message.sequence());
      dead.add(message.sequence());
      kept.fate = Fate.DEAD;
      if (letter.row().reason().equals("UNREADABLE")) {
        require(kept.sent.garbled, Promise.G12, "a readable message is dead: %s", letter.row());
      }
    }
    if (!letter.row().reason().equals("UNREADABLE")) {
      rows.died(was, letter.row(), dead);
    }
  }

  private void unburied(Long id, BuriedLetter letter, Instant now) {
    boolean removed = id == ledger.removing;
    boolean redriven = id == ledger.redriving;
    boolean erased = letter.row().key().equals(ledger.erasing);
    require(
        removed || redriven || erased,
        Promise.G2,
        "dead letter %s is gone, nobody asked",
        letter.row());
    for (StoredMessage message : letter.messages()) {
      Kept kept = ledger.keptBySequence.get(message.sequence());
      if (kept != null) {
        kept.fate = erased ? Fate.ERASED : removed ? Fate.DISCARDED : Fate.REDRIVEN;
        kept.endedAt = now;
      }
    }
  }
}
