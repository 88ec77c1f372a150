// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.internal;

import static java.util.Objects.requireNonNull;

import io.github.debouncedbuffer.BufferFullException;
import io.github.debouncedbuffer.DeadLetter;
import io.github.debouncedbuffer.KeySnapshot;
import io.github.debouncedbuffer.Limits;
import io.github.debouncedbuffer.Message;
import io.github.debouncedbuffer.internal.Decision.Step;
import io.github.debouncedbuffer.spi.BatchRow;
import io.github.debouncedbuffer.spi.BuriedLetter;
import io.github.debouncedbuffer.spi.DeadLetterRow;
import io.github.debouncedbuffer.spi.KeyRow;
import io.github.debouncedbuffer.spi.KeyState;
import io.github.debouncedbuffer.spi.MessageId;
import io.github.debouncedbuffer.spi.PolicyRow;
import io.github.debouncedbuffer.spi.StoredMessage;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** What callers ask for besides submitting: each decides in a unit and answers after its commit. */
final class KeySteps {

  private final Reporter reporter;
  private final Limits limits;
  private final Consumer<KeyRow> arrived;

  KeySteps(Reporter reporter, Limits limits, Consumer<KeyRow> arrived) {
    this.reporter = reporter;
    this.limits = limits;
    this.arrived = arrived;
  }

  Supplier<Boolean> flush(Unit unit, String key) {
    Decision decision = windowed(unit, key, CallerProtocol.flush(unit.row(key), unit.now));
    return decision::changes;
  }

  Supplier<Optional<Instant>> extend(Unit unit, String key, Instant until) {
    Decision decision = windowed(unit, key, CallerProtocol.extend(unit.row(key), until, unit.now));
    if (decision.step() == Step.REFUSED) {
      return () -> {
        throw new IllegalStateException(
            "the key's window is fixed and its policy names no cap, so it cannot be extended; see"
                + " WindowPolicy.extendableTo");
      };
    }
    return () -> dueAt(decision);
  }

  private static Optional<Instant> dueAt(Decision decision) {
    return Optional.ofNullable(decision.row())
        .filter(row -> row.state() == KeyState.WAITING)
        .map(KeyRow::dueAt);
  }

  private Decision windowed(Unit unit, String key, Decision decision) {
    KeyRow before = unit.row(key);
    unit.apply(key, decision);
    unit.afterCommit(() -> reporter.windowed(before, decision.row(), unit.now));
    return decision;
  }

  Supplier<Optional<KeySnapshot>> inspect(Unit unit, String key) {
    Optional<KeySnapshot> snapshot = Optional.ofNullable(unit.row(key)).map(this::snapshot);
    return () -> snapshot;
  }

  private KeySnapshot snapshot(KeyRow row) {
    Optional<BatchRow> batch = Optional.ofNullable(row.batch());
    return new KeySnapshot(
        row.key(),
        row.state(),
        row.pending(),
        row.state() == KeyState.WAITING ? 0 : row.late(),
        row.startedAt(),
        Optional.ofNullable(row.dueAt()),
        batch.map(b -> reporter.batchId(b.id())),
        batch.isPresent() ? OptionalInt.of(batch.get().attempt()) : OptionalInt.empty());
  }

  static Supplier<List<DeadLetter>> deadLetters(Unit unit, long afterId, int limit) {
    List<BuriedLetter> letters = unit.transaction.deadLetters(afterId, limit);
    return () -> letters.stream().map(KeySteps::letter).toList(); // a name may be unknown
  }

  private static DeadLetter letter(BuriedLetter buried) {
    DeadLetterRow row = buried.row();
    return new DeadLetter(
        row.id(),
        row.key(),
        KnownNames.reason(row.reason()),
        row.error(),
        row.attempts(),
        row.startedAt(),
        row.diedAt(),
        messages(buried.messages()));
  }

  static List<Message<byte[]>> messages(List<StoredMessage> stored) {
    return stored.stream()
        .map(
            m ->
                new Message<>(
                    m.sequence(), Optional.ofNullable(m.messageId()), m.arrivedAt(), m.payload()))
        .toList();
  }

  /** Appends anew, with the ids, and removes the letter, whose ids then belong to the new ones. */
  Supplier<Boolean> redrive(Unit unit, long id, PolicyRow policy) {
    unit.write();
    Optional<BuriedLetter> found = find(unit, id);
    if (found.isEmpty()) {
      return () -> false;
    }
    String key = found.get().row().key();
    List<StoredMessage> messages = found.get().messages();
    if (!messages.stream().allMatch(StoredMessage::intact)) {
      return () -> {
        throw new IllegalStateException(
            "a message of dead letter "
                + id
                + " is not what was submitted: its checksum is wrong, and submitting it anew would give"
                + " it a right one. The letter stays; look at its bytes, then remove it");
      };
    }
    unit.load(List.of(key), List.<MessageId>of());
    Optional<String> full = Submit.full(unit, key, messages.size(), limits);
    if (full.isPresent()) {
      return () -> {
        throw new BufferFullException(full.get() + "; the dead letter stays");
      };
    }
    KeyRow before = unit.row(key);
    for (StoredMessage m : messages) {
      Submit.append(unit, new Submit.Submission(key, m.messageId(), m.payload(), policy, false));
    }
    KeyRow after = unit.row(key);
    unit.write();
    unit.transaction.removeDeadLetter(id, unit.forgetIdsAt());
    unit.afterCommit(
        () -> {
          reporter.windowed(before, after, unit.now);
          arrived.accept(requireNonNull(after));
        });
    return () -> true;
  }

  static Supplier<Boolean> removeDeadLetter(Unit unit, long id) {
    boolean found = find(unit, id).isPresent();
    if (found) {
      unit.transaction.removeDeadLetter(id, unit.forgetIdsAt());
    }
    return () -> found;
  }

  private static Optional<BuriedLetter> find(Unit unit, long id) {
    return unit.transaction.deadLetters(id - 1, 1).stream()
        .filter(letter -> letter.row().id() == id)
        .findFirst();
  }
}
