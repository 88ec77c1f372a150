// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.sqlite;

import io.github.debouncedbuffer.spi.BuriedLetter;
import io.github.debouncedbuffer.spi.DeadLetterRow;
import io.github.debouncedbuffer.spi.KeyRow;
import io.github.debouncedbuffer.spi.MessageId;
import io.github.debouncedbuffer.spi.MessageRange;
import io.github.debouncedbuffer.spi.NewMessage;
import io.github.debouncedbuffer.spi.StoreStats;
import io.github.debouncedbuffer.spi.StoreTransaction;
import io.github.debouncedbuffer.spi.StoredMessage;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The verbs of the SPI, in its order. Each is handed to its table through the {@link
 * TransactionGuard}. Only one transaction is ever open and nobody else writes the file, so loading
 * a row is locking it.
 */
final class SqliteTransaction implements StoreTransaction {

  private final TransactionGuard guard;
  private final Session session;
  private final KeyTable keys;
  private final MessageTable messages;
  private final DeadLetterTable deadLetters;
  private StoreRow store;

  SqliteTransaction(Session session, TransactionGuard guard) {
    this.guard = guard;
    this.session = session;
    this.keys = new KeyTable(session.statements());
    this.messages = new MessageTable(session.statements());
    this.deadLetters = new DeadLetterTable(session.statements());
    this.store = session.store();
  }

  /** The store's row as this transaction leaves it. */
  StoreRow store() {
    return store;
  }

  @Override
  public Map<String, KeyRow> lock(Collection<String> wanted) {
    return guard.reads(() -> keys.load(wanted));
  }

  @Override
  public List<KeyRow> lockDue(Instant now, int limit, boolean recoveredToo) {
    return guard.reads(() -> keys.due(now, atLeastOne(limit), recoveredToo));
  }

  @Override
  public List<KeyRow> lockForRecovery(Instant now, int limit) {
    return guard.reads(() -> keys.toRecover(now, atLeastOne(limit)));
  }

  @Override
  public Map<MessageId, Long> known(Collection<MessageId> ids, Instant now) {
    return guard.reads(() -> messages.known(ids, now));
  }

  @Override
  public long append(List<NewMessage> added) {
    long first = store.nextSequence();
    guard.writes(
        added.size(),
        () -> {
          messages.append(first, added);
          store = store.appended(added.size());
        });
    return first;
  }

  @Override
  public Map<String, List<StoredMessage>> read(Collection<MessageRange> ranges) {
    return guard.reads(() -> messages.read(ranges));
  }

  @Override
  public void delete(Collection<MessageRange> ranges, Instant forgetIdsAt) {
    guard.writes(ranges.size(), () -> store = store.removed(messages.delete(ranges, forgetIdsAt)));
  }

  @Override
  public void save(Collection<KeyRow> rows) {
    guard.writes(rows.size(), () -> keys.save(rows));
  }

  @Override
  public void remove(Collection<String> idle) {
    guard.writes(idle.size(), () -> keys.remove(idle));
  }

  @Override
  public Optional<Instant> nextDue(boolean recoveredToo) {
    return guard.reads(() -> keys.nextDue(recoveredToo));
  }

  @Override
  public long nextTokens(int count) {
    long first = store.nextToken();
    guard.writes(1, () -> store = store.drawn(atLeastOne(count)));
    return first;
  }

  @Override
  public void bury(DeadLetterRow letter, MessageRange range) {
    guard.writes(1, () -> store = store.removed(deadLetters.bury(letter, range)));
  }

  @Override
  public List<BuriedLetter> deadLetters(long afterId, int limit) {
    return guard.reads(() -> deadLetters.list(afterId, atLeastOne(limit)));
  }

  @Override
  public void removeDeadLetter(long id, Instant forgetIdsAt) {
    guard.writes(1, () -> deadLetters.remove(id, forgetIdsAt));
  }

  @Override
  public int forgetIds(Instant now, int limit) {
    return guard.forgets(() -> messages.forgetIds(now, atLeastOne(limit)));
  }

  @Override
  public long pendingMessages() {
    return guard.reads(() -> store.pending());
  }

  @Override
  public StoreStats stats() {
    return guard.reads(() -> session.stats(store));
  }

  private static int atLeastOne(int count) {
    if (count < 1) {
      throw new IllegalArgumentException(count + " < 1");
    }
    return count;
  }
}
