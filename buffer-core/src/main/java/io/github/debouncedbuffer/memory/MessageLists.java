// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.memory;

import io.github.debouncedbuffer.spi.BuriedLetter;
import io.github.debouncedbuffer.spi.DeadLetterRow;
import io.github.debouncedbuffer.spi.MessageRange;
import io.github.debouncedbuffer.spi.NewMessage;
import io.github.debouncedbuffer.spi.StoredMessage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The messages of each key in the order of their sequences, and the dead letters. */
final class MessageLists {

  private final Deque<Runnable> undo;
  private final RememberedIds ids;

  /** A key without messages has no list. Removal anywhere moves the tail, one quick array copy. */
  private final Map<String, ArrayList<StoredMessage>> lists = new HashMap<>();

  private final TreeMap<Long, BuriedLetter> letters = new TreeMap<>();
  private long nextSequence = 1;
  private long pending;

  MessageLists(Deque<Runnable> undo, RememberedIds ids) {
    this.undo = undo;
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
    var stored =
        new StoredMessage(sequence, id, message.arrivedAt(), message.payload(), /* intact= */ true);
    undo.push(() -> takeBack(key, sequence));
    lists.computeIfAbsent(key, k -> new ArrayList<>(4)).add(stored);
    pending++;
    if (id != null) {
      ids.remember(key, id, sequence);
    }
  }

  private void takeBack(String key, long sequence) {
    removeStored(key, new MessageRange(key, sequence - 1, sequence, 1));
  }

  List<StoredMessage> read(MessageRange range) {
    List<StoredMessage> list = lists.get(range.key());
    if (list == null) {
      return List.of();
    }
    int from = firstAfter(list, range.afterSequence());
    int to = Math.max(from, firstAfter(list, range.throughSequence()));
    return List.copyOf(list.subList(from, to - from > range.limit() ? from + range.limit() : to));
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

  long pending() {
    return pending;
  }

  int deadLetterCount() {
    return letters.size();
  }

  /** The first of each key is its oldest. */
  @Nullable Instant oldestArrival() {
    Instant oldest = null;
    for (ArrayList<StoredMessage> list : lists.values()) {
      Instant arrivedAt = list.get(0).arrivedAt();
      oldest = oldest == null || arrivedAt.isBefore(oldest) ? arrivedAt : oldest;
    }
    return oldest;
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
    List<StoredMessage> list = lists.get(key);
    if (list == null) {
      return List.of();
    }
    int from = firstAfter(list, range.afterSequence());
    int to = Math.max(from, firstAfter(list, range.throughSequence()));
    List<StoredMessage> part = list.subList(from, to);
    List<StoredMessage> removed = List.copyOf(part);
    part.clear();
    pending -= removed.size();
    if (list.isEmpty()) {
      lists.remove(key);
    }
    return removed;
  }

  private void putBack(String key, List<StoredMessage> removed) {
    List<StoredMessage> list = lists.computeIfAbsent(key, k -> new ArrayList<>(removed.size()));
    list.addAll(firstAfter(list, removed.get(0).sequence()), removed);
    pending += removed.size();
  }

  /** The index of the first message with a greater sequence; the list's size if there is none. */
  private static int firstAfter(List<StoredMessage> list, long sequence) {
    int low = 0;
    int high = list.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (list.get(middle).sequence() > sequence) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }
}
