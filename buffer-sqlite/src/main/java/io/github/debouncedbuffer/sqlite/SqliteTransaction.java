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
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The verbs of the SPI, in its order. Each is handed to its table through the {@link
 * TransactionGuard}. Only one transaction is ever open and nobody else writes the file, so loading
 * a row is locking it.
 */
final class SqliteTransaction implements StoreTransaction {

  private final TransactionGuard guard;
  private final Session session;
  private final Pending pending;
  private final Changes changes;
  private final MessageTable messages;
  private final DeadLetterTable deadLetters;
  private StoreRow store;
  private boolean hasErased;

  SqliteTransaction(Session session, TransactionGuard guard) {
    this.guard = guard;
    this.session = session;
    this.pending = session.pending();
    this.changes = new Changes(pending);
    this.messages = new MessageTable(session.statements());
    this.deadLetters = new DeadLetterTable(session.statements());
    this.store = session.store();
  }

  /** Writes what is left to be written, and returns the store's row as it is then. */
  StoreRow finish() {
    guard.writes(
        1,
        () -> {
          changes.writeTo(new KeyTable(session.statements()), store.nextSequence() - 1);
          store = store.marked();
          session.save(store);
        });
    return store;
  }

  /** It is not committed: in memory, too, all is as it was. */
  void takeBack() {
    pending.takeBack(changes);
  }

  @Override
  public Map<String, KeyRow> lock(Collection<String> wanted) {
    return guard.reads(() -> pending.index.rows(wanted));
  }

  @Override
  public List<KeyRow> lockDue(Instant now, int limit, boolean recoveredToo) {
    return guard.reads(() -> pending.index.dueBy(now, atLeastOne(limit), recoveredToo));
  }

  @Override
  public List<KeyRow> lockForRecovery(Instant now, int limit) {
    return guard.reads(() -> pending.index.toRecover(now, atLeastOne(limit)));
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
          for (NewMessage message : added) {
            changes.append(store.nextSequence(), message);
            store = store.appended(1);
          }
        });
    return first;
  }

  @Override
  public Map<String, List<StoredMessage>> read(Collection<MessageRange> ranges) {
    return guard.reads(() -> messages.read(pending.in(ranges)));
  }

  @Override
  public void delete(Collection<MessageRange> ranges, Instant forgetIdsAt) {
    guard.writes(ranges.size(), () -> end(changes.remove(ranges), forgetIdsAt));
  }

  private void end(Changes.Removed removed, Instant forgetIdsAt) throws SQLException {
    if (removed.isEmpty()) {
      return;
    }
    if (removed.mayHaveIds()) {
      messages.releaseIds(removed.sequences(), forgetIdsAt);
      pending.forgetsAt(forgetIdsAt);
    }
    messages.delete(removed.sequences());
  }

  @Override
  public void save(Collection<KeyRow> rows) {
    guard.writes(rows.size(), () -> rows.forEach(changes::save));
  }

  @Override
  public void remove(Collection<String> idle) {
    guard.writes(
        idle.size(),
        () -> {
          for (String key : idle) {
            hasErased |= isEmptied(pending.index.row(key));
            changes.remove(key);
          }
        });
  }

  /** It was erased while its batch was running: only now does its row go, with the key in it. */
  private static boolean isEmptied(@Nullable KeyRow row) {
    return row != null && row.batch() != null && row.batch().messages() == 0;
  }

  @Override
  public Optional<Instant> nextDue(boolean recoveredToo) {
    return guard.reads(() -> pending.index.nextDue(recoveredToo));
  }

  @Override
  public long nextTokens(int count) {
    long first = store.nextToken();
    guard.writes(1, () -> store = store.drawn(atLeastOne(count)));
    return first;
  }

  @Override
  public void bury(DeadLetterRow letter, MessageRange range) {
    guard.writes(1, () -> deadLetters.bury(letter, changes.remove(List.of(range)).sequences()));
  }

  @Override
  public List<BuriedLetter> deadLetters(long afterId, int limit) {
    return guard.reads(() -> deadLetters.list(afterId, atLeastOne(limit)));
  }

  @Override
  public void removeDeadLetter(long id, Instant forgetIdsAt) {
    guard.writes(
        1,
        () -> {
          deadLetters.remove(id, forgetIdsAt);
          pending.forgetsAt(forgetIdsAt);
        });
  }

  @Override
  public int erase(String key) {
    int[] erased = new int[1];
    guard.writes(
        1,
        () -> {
          long[] pendingOnes = changes.remove(List.of(MessageRange.after(key, 0))).sequences();
          messages.delete(pendingOnes);
          erased[0] = pendingOnes.length + deadLetters.erase(key);
          messages.eraseIds(key);
          hasErased = true;
        });
    return erased[0];
  }

  /** Whether traces of what was erased are to go from the log, too. */
  boolean hasErased() {
    return hasErased;
  }

  @Override
  public int forgetIds(Instant now, int limit) {
    int most = atLeastOne(limit);
    return guard.forgets(() -> pending.mayForgetBy(now) ? forget(now, most) : 0);
  }

  private int forget(Instant now, int limit) throws SQLException {
    int forgotten = messages.forgetIds(now, limit);
    if (forgotten < limit) {
      pending.forgetsFrom(messages.nextToForget());
    }
    return forgotten;
  }

  @Override
  public long pendingMessages() {
    return guard.reads(pending::messages);
  }

  @Override
  public StoreStats stats() {
    return guard.reads(session::stats);
  }

  private static int atLeastOne(int count) {
    if (count < 1) {
      throw new IllegalArgumentException(count + " < 1");
    }
    return count;
  }
}
