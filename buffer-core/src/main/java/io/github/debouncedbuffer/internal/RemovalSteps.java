// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.internal;

import io.github.debouncedbuffer.Message;
import io.github.debouncedbuffer.spi.KeyRow;
import io.github.debouncedbuffer.spi.MessageId;
import io.github.debouncedbuffer.spi.MessageRange;
import io.github.debouncedbuffer.spi.StoredMessage;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What callers ask to be removed: each decides in a unit and answers after its commit. */
final class RemovalSteps {

  private final Reporter reporter;

  RemovalSteps(Reporter reporter) {
    this.reporter = reporter;
  }

  Supplier<List<Message<byte[]>>> discard(Unit unit, String key) {
    unit.write(); // a message submitted in this very group is discarded too, and no later one
    Decision decision = CallerProtocol.discard(unit.row(key));
    MessageRange ended = decision.ended();
    if (ended == null) {
      return List::of;
    }
    List<Message<byte[]>> removed =
        KeySteps.messages(unit.transaction.read(List.of(ended)).getOrDefault(key, List.of()));
    unit.apply(key, decision);
    unit.write();
    unit.afterCommit(() -> reporter.discarded(key, removed.size(), unit.now));
    return () -> removed;
  }

  /** Takes one message back, if it is in no batch. Its id stays remembered for the retention. */
  Supplier<Boolean> withdraw(Unit unit, MessageId id) {
    unit.write(); // it may have been submitted in this very group
    Unit.Stored known = unit.known(id);
    KeyRow row = unit.row(id.key());
    if (known == null || row == null || !isPending(unit, id.key(), known.sequence())) {
      return () -> false;
    }
    StoredMessage oldest = oldestOther(unit, row, known.sequence());
    Decision decision = CallerProtocol.withdraw(row, known.sequence(), oldest, unit.now);
    unit.apply(id.key(), decision);
    unit.write();
    if (decision.changes()) {
      unit.afterCommit(
          () -> {
            reporter.withdrawn(id.key(), unit.now);
            reporter.windowed(row, decision.row(), unit.now);
          });
    }
    return decision::changes;
  }

  /** An id is remembered for longer than its message is pending. */
  private static boolean isPending(Unit unit, String key, long sequence) {
    List<MessageRange> one = List.of(MessageRange.one(key, sequence));
    return !unit.transaction.read(one).getOrDefault(key, List.of()).isEmpty();
  }

  private static @Nullable StoredMessage oldestOther(Unit unit, KeyRow row, long sequence) {
    long batch = row.batch() == null ? 0 : row.batch().throughSequence();
    List<MessageRange> two = List.of(MessageRange.after(row.key(), batch).limited(2));
    return unit.transaction.read(two).getOrDefault(row.key(), List.of()).stream()
        .filter(message -> message.sequence() != sequence)
        .findFirst()
        .orElse(null);
  }

  /** Removes all that is known of a key; one that runs keeps its row until its run has ended. */
  Supplier<Integer> erase(Unit unit, String key) {
    unit.write();
    int messages = unit.transaction.erase(key);
    unit.apply(key, CallerProtocol.erase(unit.row(key)));
    unit.forget(key);
    unit.write();
    unit.afterCommit(() -> reporter.erased(key, messages, unit.now));
    return () -> messages;
  }
}
