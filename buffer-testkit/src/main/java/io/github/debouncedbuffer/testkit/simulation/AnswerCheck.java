// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.testkit.simulation;

import static io.github.debouncedbuffer.testkit.simulation.Ledger.require;

import io.github.debouncedbuffer.Receipt;
import io.github.debouncedbuffer.spi.StoreException;
import io.github.debouncedbuffer.testkit.simulation.Sent.Answer;
import io.github.debouncedbuffer.testkit.simulation.Sent.Kept;
import java.time.Instant;

/** Looks at what a submitter is told, at the moment at which she is told. */
final class AnswerCheck {

  private final Ledger ledger;

  AnswerCheck(Ledger ledger) {
    this.ledger = ledger;
  }

  void receipt(Sent sent, Receipt receipt) {
    Kept kept = ledger.keptBySequence.get(receipt.sequence());
    Instant discardedAt = ledger.discardedAt.get(sent.key);
    if (kept == null && discardedAt != null && !receipt.isDuplicate()) {
      kept = discardedUnseen(sent, receipt.sequence(), discardedAt);
    }
    switch (receipt.status()) {
      case ACCEPTED -> {
        require(
            kept != null && kept.sent == sent,
            Promise.G1,
            "the receipt names message %d, and it is not stored",
            receipt.sequence());
        sent.answer = Answer.ACCEPTED;
      }
      case DUPLICATE -> {
        String id = sent.id == null ? "" : Ledger.idOf(sent.key, sent.id);
        Kept first = ledger.keptById.get(id);
        boolean unseen = kept == null && discardedAt != null;
        boolean same =
            kept != null
                && first != null
                && kept.sent.key.equals(sent.key)
                && sent.id != null
                && sent.id.equals(kept.sent.id)
                && wasRemembered(first, sent);
        require(
            unseen || same,
            Promise.G2,
            "%s is told to be a duplicate of message %d, and is not",
            id,
            receipt.sequence());
        sent.answer = Answer.DUPLICATE;
      }
    }
  }

  /** It was stored and discarded by one commit, before anybody could see it. */
  private Kept discardedUnseen(Sent sent, long sequence, Instant at) {
    Kept kept = new Kept(sent, sequence);
    Instant erasedAt = ledger.erasedAt.get(sent.key);
    kept.fate = Kept.Fate.DISCARDED;
    kept.mayBeForgotten = erasedAt != null && !erasedAt.isBefore(at);
    kept.endedAt = at;
    sent.kept = kept;
    ledger.keptBySequence.put(sequence, kept);
    ledger.lastSequence = Math.max(ledger.lastSequence, sequence);
    if (sent.id != null) {
      ledger.keptById.merge(
          Ledger.idOf(sent.key, sent.id), kept, (a, b) -> a.sequence > b.sequence ? a : b);
    }
    return kept;
  }

  private boolean wasRemembered(Kept first, Sent sent) {
    return first.sent == sent || first.wasRemembered(sent.askedAt, ledger.retention());
  }

  void refusal(Sent sent, Throwable why) {
    if (why instanceof StoreException failure
        && failure.reason() == StoreException.Reason.OUTCOME_UNKNOWN) {
      sent.answer = Answer.UNKNOWN;
      return;
    }
    sent.answer = Answer.REFUSED;
    require(
        sent.kept == null,
        Promise.G1,
        "a submit was refused (%s), and its message is stored",
        why.getClass().getSimpleName());
  }
}
