// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.internal;

import io.github.debouncedbuffer.spi.BufferClock;
import io.github.debouncedbuffer.spi.KeyRow;
import io.github.debouncedbuffer.spi.MessageId;
import io.github.debouncedbuffer.spi.MessageRange;
import io.github.debouncedbuffer.spi.NewMessage;
import io.github.debouncedbuffer.spi.StoreTransaction;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One transaction's working memory: rows are loaded once, changed here by one command after the
 * other, and written once. Used by one thread, for one run of the transaction.
 */
final class Unit {

  /** A message that is, or will be, stored; its sequence is known once it was written. */
  static final class Stored {
    private long sequence;

    long sequence() {
      return sequence;
    }
  }

  private static final int FORGET_AT_LEAST = 100;

  final StoreTransaction transaction;
  final Instant now;

  /** How far the store's time is ahead of the buffer's clock; zero unless the store has its own. */
  final Duration ahead;

  private final Instant forgetIdsAt;
  private final Map<String, KeyRow> rows = new HashMap<>();
  private final Set<String> changed = new LinkedHashSet<>();
  private final Map<MessageId, Stored> known = new HashMap<>();
  private final List<NewMessage> appended = new ArrayList<>();
  private final List<Stored> awaiting = new ArrayList<>();
  private final List<MessageRange> ended = new ArrayList<>();
  private final List<Runnable> afterCommit = new ArrayList<>();
  private long pendingBefore = -1;
  private int forgettable;

  /** Begins with these keys locked: only then it is known what time it is. */
  private Unit(
      StoreTransaction transaction,
      BufferClock clock,
      Duration idRetention,
      Collection<String> keys) {
    this.transaction = transaction;
    lock(keys);
    Instant here = clock.now();
    this.now = transaction.now(here);
    this.ahead = now.equals(here) ? Duration.ZERO : Duration.between(clock.now(), now);
    this.forgetIdsAt = now.plus(idRetention);
  }

  /** A unit that has loaded what these commands are about. */
  static Unit about(
      Collection<Command> commands,
      StoreTransaction transaction,
      BufferClock clock,
      Duration idRetention) {
    Set<String> keys = new HashSet<>();
    Set<MessageId> ids = new HashSet<>();
    for (Command command : commands) {
      keys.addAll(command.keys());
      MessageId id = command.id();
      if (id != null) {
        ids.add(id);
      }
    }
    Unit unit = new Unit(transaction, clock, idRetention, keys);
    unit.loadIds(ids);
    return unit;
  }

  /** A command turns out to be about these, too. */
  void load(Collection<String> keys, Collection<MessageId> ids) {
    lock(keys);
    loadIds(ids);
  }

  private void lock(Collection<String> keys) {
    transaction.lock(keys).forEach((key, row) -> rows.put(key, KnownNames.row(row)));
  }

  private void loadIds(Collection<MessageId> ids) {
    transaction.known(ids, now).forEach((id, sequence) -> known.put(id, stored(sequence)));
  }

  /** The key's row as decided so far; null if it is idle. Its key must have been loaded. */
  @Nullable KeyRow row(String key) {
    return rows.get(key);
  }

  @Nullable Stored known(MessageId id) {
    return known.get(id);
  }

  /** The key's ids are remembered no longer. */
  void forget(String key) {
    known.keySet().removeIf(id -> id.key().equals(key));
  }

  /** Messages stored and not dead, those of this unit included. */
  long pendingMessages() {
    if (pendingBefore < 0) {
      pendingBefore = transaction.pendingMessages();
    }
    return pendingBefore + appended.size();
  }

  /** Takes a decision's row; its ended messages are deleted, unless the caller buries them. */
  void apply(String key, Decision decision) {
    if (!decision.changes()) {
      return;
    }
    put(key, decision.row());
    if (decision.ended() != null && decision.step() != Decision.Step.DEAD_LETTERED) {
      ended.add(decision.ended());
    }
  }

  void put(String key, @Nullable KeyRow row) {
    changed.add(key);
    if (row == null) {
      rows.remove(key);
    } else {
      rows.put(key, row);
    }
  }

  Stored append(NewMessage message) {
    Stored stored = new Stored();
    appended.add(message);
    awaiting.add(stored);
    if (message.messageId() != null) {
      known.put(new MessageId(message.key(), message.messageId()), stored);
    }
    return stored;
  }

  /** Writes what was decided so far, so that reads see it. */
  void write() {
    if (!appended.isEmpty()) {
      long first = transaction.append(appended);
      for (int i = 0; i < awaiting.size(); i++) {
        awaiting.get(i).sequence = first + i;
      }
    }
    transaction.delete(ended, forgetIdsAt);
    List<KeyRow> saved = new ArrayList<>();
    List<String> idle = new ArrayList<>();
    for (String key : changed) {
      KeyRow row = rows.get(key);
      if (row == null) {
        idle.add(key);
      } else {
        saved.add(row);
      }
    }
    transaction.save(saved);
    transaction.remove(idle);
    forgettable += appended.size() + ended.size();
    pendingBefore = -1;
    appended.clear();
    awaiting.clear();
    ended.clear();
    changed.clear();
  }

  /**
   * Writes the rest and cleans up ids whose retention has ended: more than this unit remembered, so
   * that they cannot pile up, and no more than a small step, so that nobody waits for it.
   */
  void finish() {
    write();
    if (forgettable > 0) {
      transaction.forgetIds(now, FORGET_AT_LEAST + 2 * forgettable);
    }
  }

  Instant forgetIdsAt() {
    return forgetIdsAt;
  }

  /** Something that becomes true with the commit. Runs on the commit lane, so it must be quick. */
  void afterCommit(Runnable effect) {
    afterCommit.add(effect);
  }

  List<Runnable> effects() {
    return afterCommit;
  }

  private static Stored stored(long sequence) {
    Stored stored = new Stored();
    stored.sequence = sequence;
    return stored;
  }
}
