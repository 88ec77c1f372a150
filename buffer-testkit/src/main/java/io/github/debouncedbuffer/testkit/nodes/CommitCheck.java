// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.testkit.nodes;

import static io.github.debouncedbuffer.testkit.nodes.Ledger.require;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.debouncedbuffer.spi.BuriedLetter;
import io.github.debouncedbuffer.spi.KeyRow;
import io.github.debouncedbuffer.spi.StoredMessage;
import io.github.debouncedbuffer.testkit.checking.View;
import io.github.debouncedbuffer.testkit.simulation.Promise;
import io.github.debouncedbuffer.testkit.simulation.Violation;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What one committed transaction has changed: each change must be one that the node may make. */
final class CommitCheck {

  private final Ledger ledger;
  private final ClaimCheck claims;

  CommitCheck(Ledger ledger) {
    this.ledger = ledger;
    this.claims = new ClaimCheck(ledger);
  }

  void committed(Life life, View after, Instant now) {
    View before = ledger.view;
    ledger.view = after;
    ledger.commits++;
    ledger.tally.committed();
    for (String key : ledger.keys) {
      View.KeyView was = before.of(key);
      View.KeyView is = after.of(key);
      if (!is.unchanged(was)) {
        is.messages().stream().filter(m -> !was.has(m.sequence())).forEach(m -> came(key, m, now));
        claims.changed(new Change(life, key, was, is, letter(before, after, key), now));
        was.messages().stream()
            .filter(m -> !is.has(m.sequence()))
            .forEach(m -> left(life, key, was, m));
        pending(key, is);
        due(key, was.row(), is.row(), now);
      }
    }
    life.knows = ledger.commits;
  }

  private static @Nullable BuriedLetter letter(View before, View after, String key) {
    return after.letters().values().stream()
        .filter(l -> l.row().key().equals(key) && !before.letters().containsKey(l.row().id()))
        .findFirst()
        .orElse(null);
  }

  private void came(String key, StoredMessage message, Instant now) {
    long sequence = message.sequence();
    Sent sent = ledger.sentByPayload.get(new String(message.payload(), UTF_8));
    if (sent == null
        || !sent.key().equals(key)
        || !Objects.equals(sent.id(), message.messageId())) {
      throw new Violation(
          Promise.G1, "message " + sequence + " of " + key + " is stored as nobody has sent it");
    }
    require(
        !ledger.sentBySequence.containsKey(sequence) && sequence > ledger.lastSequence(key),
        Promise.G10,
        "sequence %d of %s comes again, or after a later one",
        sequence,
        key);
    require(
        sent.id() == null || ledger.sentBySequence.values().stream().noneMatch(sent::isAgain),
        Promise.G13,
        "%s is stored under the id %s, which another message of %s has",
        sent.payload(),
        sent.id(),
        key);
    ledger.sentBySequence.put(sequence, sent);
    require(
        message.arrivedAt().equals(now),
        Promise.G8,
        "message %d arrived at %s by the store's time, and is said to have at %s",
        sequence,
        now,
        message.arrivedAt());
  }

  /** A message leaves when its batch's handler has returned, or dead. */
  private void left(Life life, String key, View.KeyView was, StoredMessage message) {
    KeyRow row = was.row();
    Claim claim =
        row == null || row.batch() == null ? null : ledger.claims.get(row.batch().token());
    boolean handled =
        claim != null
            && claim.owner == life
            && claim.state == Claim.State.RETURNED
            && claim.members.contains(message.sequence());
    boolean dead = ledger.view.holds(message.sequence());
    String seen = "message %d of %s is gone: neither handled nor dead; it was in %s";
    require(handled || dead, Promise.G2, seen, message.sequence(), key, claim);
  }

  private static void pending(String key, View.KeyView is) {
    require(
        (is.row() != null) == !is.messages().isEmpty(),
        Promise.G3,
        "%s has the messages %d and the row %s",
        key,
        is.messages().size(),
        is.row());
  }

  private void due(String key, @Nullable KeyRow before, @Nullable KeyRow after, Instant now) {
    Instant was = before == null ? null : before.dueAt();
    Instant is = after == null ? null : after.dueAt();
    if (!Objects.equals(was, is)) {
      ledger.dueSince.put(key, new Ledger.DueSince(is, now, ledger.commits));
    }
  }
}
