// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.postgres;

import io.github.debouncedbuffer.spi.BuriedLetter;
import io.github.debouncedbuffer.spi.DeadLetterRow;
import io.github.debouncedbuffer.spi.KeyRow;
import io.github.debouncedbuffer.spi.MessageId;
import io.github.debouncedbuffer.spi.MessageRange;
import io.github.debouncedbuffer.spi.NewMessage;
import io.github.debouncedbuffer.spi.StoreStats;
import io.github.debouncedbuffer.spi.StoreTransaction;
import io.github.debouncedbuffer.spi.StoredMessage;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The verbs of the SPI, in its order. Each is handed to its table through the guard. */
final class PostgresTransaction implements StoreTransaction {

  private final Node node;
  private final Channel channel;
  private final Session session;
  private final TransactionGuard guard;
  private final Looks looks;
  private final Numbers numbers;
  private final KeyTable keys;
  private final MessageTable messages;
  private final DeadLetterTable deadLetters;
  private final DueNotice notice;
  private final Pending pending;
  private final long marker;
  private @Nullable HandedConnection handed;

  PostgresTransaction(Node node, Channel channel, Session session, TransactionGuard guard) {
    this.node = node;
    this.channel = channel;
    this.session = session;
    this.guard = guard;
    this.looks = new Looks(session.statements());
    this.numbers = session.numbers(looks);
    this.keys = new KeyTable(session.statements(), looks);
    this.pending = new Pending(session.statements(), looks);
    this.messages = new MessageTable(session.statements(), looks, pending);
    this.deadLetters = new DeadLetterTable(session.statements());
    this.notice = new DueNotice(looks);
    this.marker = node.nextMarker();
    session.statements().holding(node.table().lock(marker));
  }

  /** What is in the node's row if it is committed. */
  long marker() {
    return marker;
  }

  /** By what a handler's work has lost the connection; null if it has not. */
  @Nullable SQLException lostConnection() {
    return handed == null ? null : handed.lost();
  }

  /** Commits it, if nothing in it has failed, with what is left to be written. */
  void commit() {
    if (guard.hasChanged()) {
      guard.writes(1, this::mark);
    }
    guard.commits(() -> session.commit(numbers));
  }

  private void mark() throws SQLException {
    if (handed != null) {
      handed.requireSameTransaction();
    }
    Optional<Instant> sooner = notice.sooner();
    if (sooner.isPresent()) {
      channel.tell(session.statements(), sooner.get());
    }
    node.table().mark(session.statements(), session.slot(), marker, pending.unmarked());
  }

  /** It is over: what was given out of it is of no use any more. */
  void end() {
    guard.end();
    if (handed != null) {
      handed.end();
    }
  }

  @Override
  public Map<String, KeyRow> lock(Collection<String> wanted) {
    return guard.reads(
        () -> {
          if (handed != null) {
            session.allowNoMore(node.options());
          }
          return keys.lock(wanted);
        });
  }

  @Override
  public Instant now(Instant clock) {
    return node.time() == null ? guard.reads(() -> looks.last().now()) : node.time().now(clock);
  }

  @Override
  public List<KeyRow> lockDue(Instant now, int limit, boolean recoveredToo) {
    return guard.reads(() -> keys.lockDue(now, atLeastOne(limit), recoveredToo));
  }

  @Override
  public List<KeyRow> lockForRecovery(Instant now, int limit) {
    return guard.reads(() -> keys.lockForRecovery(now, atLeastOne(limit)));
  }

  @Override
  public Map<MessageId, Long> known(Collection<MessageId> ids, Instant now) {
    return ids.isEmpty() ? Map.of() : guard.reads(() -> messages.known(ids, now));
  }

  @Override
  public long append(List<NewMessage> added) {
    if (added.isEmpty()) {
      return guard.reads(() -> numbers.next(Numbers.Of.SEQUENCES));
    }
    long first = guard.reads(() -> numbers.draw(Numbers.Of.SEQUENCES, added.size()));
    guard.writes(added.size(), () -> messages.append(first, added));
    pending.add(added.size());
    return first;
  }

  @Override
  public Map<String, List<StoredMessage>> read(Collection<MessageRange> ranges) {
    return ranges.isEmpty() ? Map.of() : guard.reads(() -> messages.read(ranges));
  }

  @Override
  public void delete(Collection<MessageRange> ranges, Instant forgetIdsAt) {
    guard.writes(
        ranges.size(), () -> messages.delete(ranges, forgetIdsAt, node.table(), session.slot()));
  }

  @Override
  public void save(Collection<KeyRow> rows) {
    guard.writes(
        rows.size(),
        () -> {
          if (!node.isAlone()) {
            notice.saving(rows);
          }
          keys.save(rows);
        });
  }

  @Override
  public void remove(Collection<String> idle) {
    guard.writes(idle.size(), () -> keys.remove(idle));
  }

  @Override
  public Optional<Instant> nextDue(boolean recoveredToo) {
    return guard.reads(() -> looks.nextDue(recoveredToo));
  }

  @Override
  public long nextTokens(int count) {
    return guard.reads(() -> numbers.draw(Numbers.Of.TOKENS, atLeastOne(count)));
  }

  @Override
  public void bury(DeadLetterRow letter, MessageRange range) {
    guard.writes(1, () -> pending.add(-deadLetters.bury(letter, range)));
  }

  @Override
  public List<BuriedLetter> deadLetters(long afterId, int limit) {
    return guard.reads(() -> deadLetters.list(afterId, atLeastOne(limit)));
  }

  @Override
  public void removeDeadLetter(long id, Instant forgetIdsAt) {
    messages.lettingGo(forgetIdsAt);
    guard.writes(1, () -> deadLetters.remove(id, forgetIdsAt));
  }

  @Override
  public int erase(String key) {
    int[] erased = new int[1];
    guard.writes(
        1,
        () -> {
          keys.hold(key);
          DeadLetterTable.Erased gone = deadLetters.erase(key);
          pending.add(-gone.pending());
          erased[0] = gone.pending() + gone.dead();
        });
    return erased[0];
  }

  @Override
  public <T> T unwrap(Class<T> type) {
    if (type != Connection.class) {
      throw new IllegalArgumentException("this store offers no " + type.getName());
    }
    return type.cast(guard.reads(this::hand).proxy());
  }

  private HandedConnection hand() throws SQLException {
    session.statements().flush(); // the work comes after what was written before
    if (handed == null) {
      session.allow(node.options());
      handed = new HandedConnection(session.connection());
    }
    guard.handed();
    return handed;
  }

  @Override
  public int forgetIds(Instant now, int limit) {
    return guard.forgets(() -> messages.forgetIds(now, atLeastOne(limit)));
  }

  @Override
  public long pendingMessages() {
    return guard.reads(pending::count);
  }

  @Override
  public StoreStats stats() {
    return guard.reads(
        () -> session.statements().single(Sql.STATS, p -> {}, PostgresTransaction::stats));
  }

  private static StoreStats stats(Cursor c) throws SQLException {
    return new StoreStats(
        c.number(), c.number(), c.number(), c.number(), c.number(), c.number(), c.timeOrNull(), 0);
  }

  private static int atLeastOne(int count) {
    if (count < 1) {
      throw new IllegalArgumentException(count + " < 1");
    }
    return count;
  }
}
