// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.memory;

import io.github.debouncedbuffer.index.KeyIndex;
import io.github.debouncedbuffer.spi.BuriedLetter;
import io.github.debouncedbuffer.spi.DeadLetterRow;
import io.github.debouncedbuffer.spi.KeyRow;
import io.github.debouncedbuffer.spi.KeyState;
import io.github.debouncedbuffer.spi.MessageId;
import io.github.debouncedbuffer.spi.MessageRange;
import io.github.debouncedbuffer.spi.NewMessage;
import io.github.debouncedbuffer.spi.StoreStats;
import io.github.debouncedbuffer.spi.StoreTransaction;
import io.github.debouncedbuffer.spi.StoredMessage;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A handle on the data for the length of one transaction: whoever keeps it longer, or hands it to
 * another thread, gets an exception. It runs under the store's lock, so locking a row is reading
 * it.
 */
final class MemoryTransaction implements StoreTransaction {

  private final KeyIndex<MessageSlot> index;
  private final KeyRows rows;
  private final MessageLists messages;
  private final RememberedIds ids;

  /** Null at the end. Another thread never reads itself here, so a race is harmless. */
  private @Nullable Thread owner = Thread.currentThread();

  MemoryTransaction(
      KeyIndex<MessageSlot> index, KeyRows rows, MessageLists messages, RememberedIds ids) {
    this.index = index;
    this.rows = rows;
    this.messages = messages;
    this.ids = ids;
  }

  void end() {
    owner = null;
  }

  private void checkOpen() {
    if (owner != Thread.currentThread()) {
      throw new IllegalStateException(
          "this transaction has ended, or belongs to another thread; it cannot be used here");
    }
  }

  @Override
  public Map<String, KeyRow> lock(Collection<String> keys) {
    checkOpen();
    return index.rows(keys);
  }

  @Override
  public List<KeyRow> lockDue(Instant now, int limit, boolean recoveredToo) {
    checkOpen();
    return index.dueBy(now, limit, recoveredToo);
  }

  @Override
  public List<KeyRow> lockForRecovery(Instant now, int limit) {
    checkOpen();
    return index.toRecover(now, limit);
  }

  @Override
  public Map<MessageId, Long> known(Collection<MessageId> asked, Instant now) {
    checkOpen();
    return ids.known(asked, now);
  }

  @Override
  public long append(List<NewMessage> added) {
    checkOpen();
    return messages.append(added);
  }

  @Override
  public Map<String, List<StoredMessage>> read(Collection<MessageRange> ranges) {
    checkOpen();
    Map<String, List<StoredMessage>> found = new HashMap<>();
    for (MessageRange range : ranges) {
      found.put(range.key(), messages.read(range));
    }
    return found;
  }

  @Override
  public void delete(Collection<MessageRange> ranges, Instant forgetIdsAt) {
    checkOpen();
    for (MessageRange range : ranges) {
      messages.delete(range, forgetIdsAt);
    }
  }

  @Override
  public void save(Collection<KeyRow> changed) {
    checkOpen();
    for (KeyRow row : changed) {
      rows.save(row);
    }
  }

  @Override
  public void remove(Collection<String> keys) {
    checkOpen();
    for (String key : keys) {
      rows.remove(key);
    }
  }

  @Override
  public Optional<Instant> nextDue(boolean recoveredToo) {
    checkOpen();
    return index.nextDue(recoveredToo);
  }

  @Override
  public long nextTokens(int count) {
    checkOpen();
    return rows.drawTokens(count);
  }

  @Override
  public void bury(DeadLetterRow letter, MessageRange range) {
    checkOpen();
    messages.bury(letter, range);
  }

  @Override
  public List<BuriedLetter> deadLetters(long afterId, int limit) {
    checkOpen();
    return messages.letters(afterId, limit);
  }

  @Override
  public void removeDeadLetter(long id, Instant forgetIdsAt) {
    checkOpen();
    messages.removeLetter(id, forgetIdsAt);
  }

  @Override
  public int erase(String key) {
    checkOpen();
    return messages.erase(key);
  }

  @Override
  public int forgetIds(Instant now, int limit) {
    checkOpen();
    return ids.forget(now, limit);
  }

  @Override
  public long pendingMessages() {
    checkOpen();
    return messages.pending();
  }

  @Override
  public StoreStats stats() {
    checkOpen();
    return new StoreStats(
        messages.pending(),
        index.count(KeyState.WAITING),
        index.count(KeyState.RUNNING),
        index.count(KeyState.BACKING_OFF),
        messages.deadLetterCount(),
        ids.size(),
        messages.oldestArrival(),
        0);
  }
}
