// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.memory;

import io.github.debouncedbuffer.spi.MessageId;
import java.time.Instant;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The remembered message ids, and those whose message has ended in the order of their retention.
 */
final class RememberedIds {

  /** An id and its last message; {@code forgetAt} is null as long as that message is stored. */
  private record Remembered(MessageId id, long sequence, @Nullable Instant forgetAt) {
    boolean isOver(Instant now) {
      return forgetAt != null && !forgetAt.isAfter(now);
    }
  }

  /** Where the retention of an id ends. The sequence tells apart, for it belongs to one id only. */
  private record End(Instant at, long sequence, MessageId id) implements Comparable<End> {
    @Override
    public int compareTo(End other) {
      int byTime = at.compareTo(other.at);
      return byTime != 0 ? byTime : Long.compare(sequence, other.sequence);
    }
  }

  private final Deque<Runnable> undo;
  private final Map<MessageId, Remembered> ids = new HashMap<>();
  private final NavigableSet<End> ends = new TreeSet<>();

  RememberedIds(Deque<Runnable> undo) {
    this.undo = undo;
  }

  Map<MessageId, Long> known(Collection<MessageId> asked, Instant now) {
    Map<MessageId, Long> found = new HashMap<>();
    for (MessageId id : asked) {
      Remembered remembered = ids.get(id);
      if (remembered != null && !remembered.isOver(now)) {
        found.put(id, remembered.sequence);
      }
    }
    return found;
  }

  void remember(String key, String id, long sequence) {
    var messageId = new MessageId(key, id);
    change(messageId, new Remembered(messageId, sequence, null));
  }

  /** The message has ended: its id is kept until then, unless a newer message has taken it over. */
  void keepUntil(Instant forgetAt, String key, String id, long sequence) {
    Remembered remembered = ids.get(new MessageId(key, id));
    if (remembered != null && remembered.sequence == sequence) {
      change(remembered.id, new Remembered(remembered.id, sequence, forgetAt));
    }
  }

  int forget(Instant now, int limit) {
    int forgotten = 0;
    while (forgotten < limit && !ends.isEmpty() && !ends.first().at.isAfter(now)) {
      change(ends.first().id, null);
      forgotten++;
    }
    return forgotten;
  }

  void erase(String key) {
    List<MessageId> erased = ids.keySet().stream().filter(id -> id.key().equals(key)).toList();
    erased.forEach(id -> change(id, null));
  }

  int size() {
    return ids.size();
  }

  private void change(MessageId id, @Nullable Remembered next) {
    Remembered before = ids.get(id);
    undo.push(() -> replace(id, before));
    replace(id, next);
  }

  private void replace(MessageId id, @Nullable Remembered next) {
    Remembered before = next == null ? ids.remove(id) : ids.put(id, next);
    if (before != null && before.forgetAt != null) {
      ends.remove(new End(before.forgetAt, before.sequence, id));
    }
    if (next != null && next.forgetAt != null) {
      ends.add(new End(next.forgetAt, next.sequence, id));
    }
  }
}
