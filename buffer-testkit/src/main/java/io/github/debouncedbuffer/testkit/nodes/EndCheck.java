// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.testkit.nodes;

import static io.github.debouncedbuffer.testkit.nodes.Ledger.require;

import io.github.debouncedbuffer.spi.BatchRow;
import io.github.debouncedbuffer.spi.StoredMessage;
import io.github.debouncedbuffer.testkit.simulation.Promise;
import java.util.List;

/** How claims end: by their run, or because their lease is over and somebody takes them over. */
final class EndCheck {

  private static final String NOWHERE = "the %s ran nowhere; it left %s";

  private final Ledger ledger;

  EndCheck(Ledger ledger) {
    this.ledger = ledger;
  }

  void over(Change change, Claim claim) {
    boolean own = claim.owner == change.life();
    if (own && claim.state == Claim.State.RETURNED) {
      completed(change, claim);
    } else if (own && claim.state == Claim.State.THREW) {
      failed(change, claim);
    } else if (own && claim.state == Claim.State.CLAIMED && claim.holds(change.now())) {
      require(isReleased(change, claim), Promise.G11, NOWHERE, claim, change.is().row());
    } else if (!own || !isReleased(change, claim)) {
      takenOver(change, claim);
    }
    claim.ended = true;
  }

  private static void completed(Change change, Claim claim) {
    BatchRow has = change.backsOff() != null ? change.backsOff() : change.has();
    boolean again = has != null && has.id() == claim.batch.id();
    String seen = "the run of the %s returned, and it is to run again: %s";
    require(!again && change.letter() == null, Promise.G9, seen, claim, has);
  }

  private void failed(Change change, Claim claim) {
    if (claim.owner.closing && isReleased(change, claim)) {
      return;
    }
    triedOrDead(change, claim);
  }

  /** Its attempt does not count; it may be claimed again already. */
  private static boolean isReleased(Change change, Claim claim) {
    BatchRow off = change.backsOff();
    boolean again = change.has() != null && change.has().id() == claim.batch.id();
    return again || (off != null && isFrozen(off, claim, claim.batch.attempt() - 1));
  }

  /** By somebody else, or by its own node where nobody runs it: only when its lease is over. */
  private void takenOver(Change change, Claim claim) {
    BatchRow off = change.backsOff();
    boolean recovers = change.letter() != null || (off != null && off.recovered());
    require(
        recovers || claim.owner == change.life(),
        Promise.G10,
        "%s has ended the %s, whose run is another's: %s",
        change.life(),
        claim,
        change.is().row());
    require(
        !claim.holds(change.now()),
        Promise.G4,
        "%s has taken over the %s at %s",
        change.life(),
        claim,
        change.now());
    require(
        hadTrouble(change, claim),
        Promise.G9,
        "%s has taken over the %s, which was not renewed, without any cause since %s",
        change.life(),
        claim,
        claim.owner.node.calmSince);
    claim.takenOverAt = change.now();
    ledger.tally.tookOver();
    triedOrDead(change, claim);
  }

  private boolean hadTrouble(Change change, Claim claim) {
    Life owner = claim.owner;
    return !owner.isAlive()
        || owner
            .node
            .calmSince
            .plus(ledger.lease())
            .plus(ledger.beat())
            .plus(Ledger.SOON)
            .isAfter(change.now());
  }

  /** The same batch later, or a dead letter after just so many attempts. */
  private void triedOrDead(Change change, Claim claim) {
    int attempt = claim.batch.attempt();
    boolean last = attempt >= ledger.scenario.setup().maxAttempts();
    require(
        last == (change.letter() != null),
        Promise.G12,
        "the %s has failed, and left %s and the dead letter %s",
        claim,
        change.is().row(),
        change.letter());
    if (change.letter() != null) {
      List<Long> dead = change.letter().messages().stream().map(StoredMessage::sequence).toList();
      require(dead.equals(claim.members), Promise.G12, "of the %s there died %s", claim, dead);
      ledger.tally.died();
    } else {
      BatchRow off = change.backsOff();
      boolean same = off != null && isFrozen(off, claim, attempt);
      require(same, Promise.G11, "the %s has failed and left %s", claim, change.is().row());
    }
  }

  private static boolean isFrozen(BatchRow off, Claim claim, int attempt) {
    return off.id() == claim.batch.id()
        && off.messages() == claim.batch.messages()
        && off.throughSequence() == claim.batch.throughSequence()
        && off.attempt() == attempt;
  }
}
