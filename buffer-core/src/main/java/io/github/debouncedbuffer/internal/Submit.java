// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.internal;

import static java.util.Objects.requireNonNull;

import io.github.debouncedbuffer.BufferFullException;
import io.github.debouncedbuffer.Limits;
import io.github.debouncedbuffer.Receipt;
import io.github.debouncedbuffer.spi.KeyRow;
import io.github.debouncedbuffer.spi.KeyState;
import io.github.debouncedbuffer.spi.MessageId;
import io.github.debouncedbuffer.spi.NewMessage;
import io.github.debouncedbuffer.spi.PolicyRow;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The step "submit": known ids first, then the limits, then the decision, then the append. So a
 * duplicate opens, extends, counts and refuses nothing.
 */
final class Submit extends Question<Receipt> {

  /**
   * What is submitted.
   *
   * @param urgent whether a flush rule makes its key due now
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Submission(
      String key, @Nullable String messageId, byte[] payload, PolicyRow policy, boolean urgent) {}

  private final int bytes;

  Submit(Submission submission, Limits limits, Reporter reporter, Consumer<KeyRow> arrived) {
    super(
        List.of(submission.key()),
        id(submission),
        unit -> decide(unit, submission, limits, reporter, arrived));
    this.bytes = submission.payload().length;
  }

  private static @Nullable MessageId id(Submission s) {
    return s.messageId() == null ? null : new MessageId(s.key(), s.messageId());
  }

  @Override
  int bytes() {
    return bytes;
  }

  private static Supplier<Receipt> decide(
      Unit unit, Submission s, Limits limits, Reporter reporter, Consumer<KeyRow> arrived) {
    MessageId id = id(s);
    Unit.Stored known = id == null ? null : unit.known(id);
    if (known != null) {
      Supplier<Receipt> duplicate = () -> duplicate(known.sequence());
      unit.afterCommit(() -> reporter.submitted(s.key(), duplicate.get(), unit.now));
      return duplicate;
    }
    Optional<String> full = full(unit, s.key(), 1, limits);
    if (full.isPresent()) {
      return () -> {
        throw new BufferFullException(full.get());
      };
    }
    KeyRow before = unit.row(s.key());
    Unit.Stored stored = append(unit, s);
    KeyRow after = unit.row(s.key());
    Supplier<Receipt> accepted = () -> accepted(stored.sequence(), after);
    unit.afterCommit(
        () -> {
          reporter.submitted(s.key(), accepted.get(), unit.now);
          reporter.windowed(before, after, unit.now);
          arrived.accept(requireNonNull(after));
        });
    return accepted;
  }

  /** Decides and appends one message that is neither known nor over a limit. */
  static Unit.Stored append(Unit unit, Submission s) {
    Decision decision =
        Protocol.submit(unit.row(s.key()), s.key(), s.policy(), s.urgent(), unit.now);
    unit.apply(s.key(), decision);
    Instant arrivedAt = requireNonNull(unit.row(s.key())).lastArrivalAt();
    return unit.append(new NewMessage(s.key(), s.messageId(), arrivedAt, s.payload()));
  }

  /** Says which limit so many more messages would exceed. */
  static Optional<String> full(Unit unit, String key, int more, Limits limits) {
    KeyRow row = unit.row(key);
    int ofKey = row == null ? 0 : row.pending();
    if (ofKey + more > limits.pendingPerKey()) {
      return Optional.of(
          "the key has "
              + ofKey
              + " pending messages, its limit is "
              + limits.pendingPerKey()
              + "; nothing was stored, try again when some have been handled");
    }
    long inTotal = unit.pendingMessages();
    if (inTotal + more > limits.pendingInTotal()) {
      unit.write(); // what has ended in this very group counts no more
      inTotal = unit.pendingMessages();
    }
    return inTotal + more <= limits.pendingInTotal()
        ? Optional.empty()
        : Optional.of(
            inTotal
                + " messages are pending, the limit is "
                + limits.pendingInTotal()
                + "; nothing was stored, try again when some have been handled");
  }

  private static Receipt accepted(long sequence, @Nullable KeyRow row) {
    boolean late = row != null && row.state() != KeyState.WAITING;
    Optional<Instant> dueAt =
        row == null || late ? Optional.empty() : Optional.ofNullable(row.dueAt());
    return new Receipt(Receipt.Status.ACCEPTED, sequence, dueAt, late);
  }

  private static Receipt duplicate(long sequence) {
    return new Receipt(Receipt.Status.DUPLICATE, sequence, Optional.empty(), false);
  }
}
