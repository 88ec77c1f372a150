// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.memory;

import io.github.debouncedbuffer.index.KeyIndex;
import io.github.debouncedbuffer.spi.BuriedLetter;
import io.github.debouncedbuffer.spi.DeadLetterRow;
import io.github.debouncedbuffer.spi.MessageRange;
import io.github.debouncedbuffer.spi.NewMessage;
import io.github.debouncedbuffer.spi.StoredMessage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The messages of each key in the order of their sequences, and the dead letters. */
final class MessageLists {

  private final Deque<Runnable> undo;
  private final RememberedIds ids;

  private final KeyIndex<MessageSlot> index;
  private final TreeMap<Long, BuriedLetter> letters = new TreeMap<>();
  private long nextSequence = 1;
  private long pending;

  MessageLists(Deque<Runnable> undo, KeyIndex<MessageSlot> index, RememberedIds ids) {
    this.undo = undo;
    this.index = index;
    this.ids = ids;
  }

  long append(List<NewMessage> messages) {
    long first = nextSequence;
    undo.push(() -> nextSequence = first);
    for (NewMessage message : messages) {
      add(message, nextSequence++);
    }
    return first;
  }

  private void add(NewMessage message, long sequence) {
    String key = message.key();
    String id = message.messageId();
    MessageSlot slot = index.slotFor(key);
    try {
      slot.append(sequence, id, message.arrivedAt(), message.payload());
    } finally {
      index.release(slot);
    }
    undo.push(() -> removeStored(key, MessageRange.one(key, sequence)));
    pending++;
    if (id != null) {
      ids.remember(key, id, sequence);
    }
  }

  List<StoredMessage> read(MessageRange range) {
    MessageSlot slot = index.slot(range.key());
    return slot == null ? List.of() : slot.read(range);
  }

  void delete(MessageRange range, Instant forgetIdsAt) {
    keepIds(range.key(), remove(range), forgetIdsAt);
  }

  void bury(DeadLetterRow letter, MessageRange range) {
    Long id = letter.id();
    if (letters.containsKey(id)) {
      throw new IllegalArgumentException("there is a dead letter " + id + " already");
    }
    undo.push(() -> letters.remove(id));
    letters.put(id, new BuriedLetter(letter, remove(range)));
  }

  List<BuriedLetter> letters(long afterId, int limit) {
    List<BuriedLetter> found = new ArrayList<>();
    for (BuriedLetter letter : letters.tailMap(afterId, /* inclusive= */ false).values()) {
      if (found.size() == limit) {
        break;
      }
      found.add(letter);
    }
    return found;
  }

  void removeLetter(Long id, Instant forgetIdsAt) {
    BuriedLetter letter = letters.remove(id);
    if (letter != null) {
      undo.push(() -> letters.put(id, letter));
      keepIds(letter.row().key(), letter.messages(), forgetIdsAt);
    }
  }

  /** Pending and dead ones, and the ids; returns how many messages that were. */
  int erase(String key) {
    int erased = remove(MessageRange.after(key, 0)).size();
    for (BuriedLetter letter : List.copyOf(letters.values())) {
      if (letter.row().key().equals(key)) {
        Long id = letter.row().id();
        letters.remove(id);
        undo.push(() -> letters.put(id, letter));
        erased += letter.messages().size();
      }
    }
    ids.erase(key);
    return erased;
  }

  long pending() {
    return pending;
  }

  int deadLetterCount() {
    return letters.size();
  }

  @Nullable Instant oldestArrival() {
    return index.slots().stream()
        .map(MessageSlot::oldestArrival)
        .filter(Objects::nonNull)
        .min(Comparator.naturalOrder())
        .orElse(null);
  }

  private void keepIds(String key, List<StoredMessage> ended, Instant forgetIdsAt) {
    for (StoredMessage message : ended) {
      if (message.messageId() != null) {
        ids.keepUntil(forgetIdsAt, key, message.messageId(), message.sequence());
      }
    }
  }

  private List<StoredMessage> remove(MessageRange range) {
    String key = range.key();
    List<StoredMessage> removed = removeStored(key, range);
    if (!removed.isEmpty()) {
      undo.push(() -> putBack(key, removed));
    }
    return removed;
  }

  private List<StoredMessage> removeStored(String key, MessageRange range) {
    MessageSlot slot = index.slot(key);
    if (slot == null) {
      return List.of();
    }
    List<StoredMessage> removed = slot.remove(range);
    pending -= removed.size();
    index.release(slot);
    return removed;
  }

  private void putBack(String key, List<StoredMessage> removed) {
    index.slotFor(key).putBack(removed);
    pending += removed.size();
  }
}
