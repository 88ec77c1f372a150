// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.testkit.nodes;

import static io.github.debouncedbuffer.testkit.nodes.Ledger.require;

import io.github.debouncedbuffer.spi.BatchRow;
import io.github.debouncedbuffer.spi.KeyRow;
import io.github.debouncedbuffer.spi.KeyState;
import io.github.debouncedbuffer.spi.StoredMessage;
import io.github.debouncedbuffer.testkit.simulation.Promise;
import java.time.Instant;
import java.util.List;

/** Who claims, renews and gives up what, and when. */
final class ClaimCheck {

  private final Ledger ledger;
  private final EndCheck ends;

  ClaimCheck(Ledger ledger) {
    this.ledger = ledger;
    this.ends = new EndCheck(ledger);
  }

  void changed(Change change) {
    BatchRow had = change.had();
    BatchRow has = change.has();
    if (had != null && has != null && had.token() == has.token()) {
      goesOn(change, ledger.claim(had), had, has);
      return;
    }
    if (had != null) {
      ends.over(change, ledger.claim(had));
    }
    if (has != null) {
      claimed(change, has);
    } else {
      require(
          change.hadBackedOff() == null || change.hadBackedOff().equals(change.backsOff()),
          Promise.G10,
          "%s backed off, nobody has claimed it, and %s has made of %s %s",
          change.key(),
          change.life(),
          change.was().row(),
          change.is().row());
    }
  }

  /** The claim stays; it may be renewed, by its owner alone. */
  private void goesOn(Change change, Claim claim, BatchRow had, BatchRow has) {
    if (had.equals(has)) {
      return;
    }
    require(
        claim.owner == change.life(), Promise.G10, "%s has changed the %s", change.life(), claim);
    require(
        had.id() == has.id()
            && had.attempt() == has.attempt()
            && had.messages() == has.messages()
            && had.throughSequence() == has.throughSequence(),
        Promise.G11,
        "the batch of the %s was %s and is %s",
        claim,
        had,
        has);
    claim.holdsUntil = change.now().plus(ledger.lease());
  }

  private void claimed(Change change, BatchRow has) {
    String seen = "%s has claimed %s under the token %d, which was used before";
    boolean isNew = !ledger.claims.containsKey(has.token());
    require(isNew, Promise.G10, seen, change.life(), change.key(), has.token());
    for (Claim other : ledger.claims.values()) {
      boolean live = other.key.equals(change.key()) && !other.ended && other.holds(change.now());
      require(!live, Promise.G4, "%s has claimed beside the %s", change.life(), other);
    }
    isDue(change, has);
    List<Long> members =
        change.is().messages().stream()
            .map(StoredMessage::sequence)
            .filter(sequence -> sequence <= has.throughSequence())
            .toList();
    require(members.size() == has.messages(), Promise.G5, "%s has the members %s", has, members);
    frozen(change, has);
    ledger.claims.put(
        has.token(),
        new Claim(change.life(), change.key(), has, members, change.now().plus(ledger.lease())));
    count(change);
  }

  /** By the store's time. What came in this very transaction may have filled the batch. */
  private static void isDue(Change change, BatchRow has) {
    KeyRow before = change.was().row();
    if (before != null && before.state() == KeyState.RUNNING) {
      return; // its end, in this very transaction, has decided when it is due
    }
    Instant dueAt = before == null ? null : before.dueAt();
    boolean due = dueAt != null && !dueAt.isAfter(change.now());
    KeyRow after = change.is().row();
    boolean full =
        (before == null || before.state() == KeyState.WAITING)
            && after != null
            && after.pending() >= after.policy().maxBatch();
    require(
        due || full,
        Promise.G6,
        "%s has claimed %s at %s by the store's time; it was due at %s",
        change.life(),
        has,
        change.now(),
        dueAt);
  }

  private void frozen(Change change, BatchRow has) {
    BatchRow off = change.hadBackedOff();
    BatchRow had = change.had();
    boolean released = had != null && had.id() == has.id(); // and claimed again, all at once
    if (off != null) {
      requireSame(off, has, off.attempt() + 1);
    } else if (had != null && released) {
      requireSame(had, has, had.attempt());
    } else {
      boolean first = has.attempt() == 1 && ledger.batches.add(has.id());
      require(first, Promise.G11, "a new batch of %s is %s", change.key(), has);
    }
  }

  private static void requireSame(BatchRow had, BatchRow has, int attempt) {
    require(
        has.id() == had.id()
            && has.messages() == had.messages()
            && has.throughSequence() == had.throughSequence()
            && has.attempt() == attempt,
        Promise.G11,
        "the batch %s was claimed again as %s",
        had,
        has);
  }

  private void count(Change change) {
    ledger.tally.claimed();
    Ledger.DueSince since = ledger.dueSince.get(change.key());
    KeyRow before = change.was().row();
    if (since != null
        && before != null
        && before.dueAt() != null
        && change.life().knows < since.commit()
        && change.life().heard.contains(before.dueAt())) {
      ledger.tally.wokeUp();
    }
  }
}
