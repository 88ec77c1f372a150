// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.internal;

import io.github.debouncedbuffer.DeadLetter;
import io.github.debouncedbuffer.Message;
import io.github.debouncedbuffer.spi.BatchRow;
import io.github.debouncedbuffer.spi.DeadLetterRow;
import io.github.debouncedbuffer.spi.KeyRow;
import io.github.debouncedbuffer.spi.MessageRange;
import io.github.debouncedbuffer.spi.StoredMessage;
import java.time.Instant;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * The step between claim and handle for messages that cannot be read: each becomes a dead letter of
 * its own, with its raw bytes, and the rest of the batch goes on under a new id.
 */
final class SetApart extends RunCommand {

  private final List<StoredMessage> unreadable;
  private final List<? extends Message<?>> rest;
  private final Consumer<Decision> done;

  SetApart(
      KeyRow claimed,
      List<StoredMessage> unreadable,
      List<? extends Message<?>> rest,
      Consumer<Decision> done,
      BiConsumer<Command, Throwable> again) {
    super(claimed, again);
    this.unreadable = unreadable;
    this.rest = rest;
    this.done = done;
  }

  @Override
  void decide(Unit unit) {
    KeyRow row = unit.row(claimed.key());
    long id = unit.transaction.nextTokens(unreadable.size() + 1);
    BatchRow batch = Draft.batchOf(claimed);
    int gone = batch.messages() - rest.size();
    Instant openedAt = rest.isEmpty() ? batch.openedAt() : rest.get(0).arrivedAt();
    Decision decision = MemberProtocol.unreadable(row, batch, gone, openedAt, id, unit.now);
    if (decision.step() == Decision.Step.SET_APART) {
      for (StoredMessage message : unreadable) {
        bury(unit, message, ++id);
      }
    }
    unit.apply(claimed.key(), decision);
    unit.afterCommit(() -> done.accept(decision));
  }

  private void bury(Unit unit, StoredMessage message, long id) {
    String error = message.intact() ? "the codec could not decode it" : "its checksum is wrong";
    unit.transaction.bury(
        new DeadLetterRow(
            id,
            claimed.key(),
            DeadLetter.Reason.UNREADABLE.name(),
            error,
            Draft.batchOf(claimed).attempt(),
            claimed.startedAt(),
            unit.now),
        MessageRange.one(claimed.key(), message.sequence()));
  }
}
