// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.memory;

import io.github.debouncedbuffer.spi.KeyRow;
import io.github.debouncedbuffer.spi.KeyState;
import io.github.debouncedbuffer.spi.StoreStats;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The rows of the keys that are not idle, their due times in order, and the tokens for claims. */
final class KeyRows {

  /** A place in the order of due times; of equal times the smaller key is first. */
  private record Due(Instant at, String key) implements Comparable<Due> {
    @Override
    public int compareTo(Due other) {
      int byTime = at.compareTo(other.at);
      return byTime != 0 ? byTime : key.compareTo(other.key);
    }
  }

  private final Deque<Runnable> undo;
  private final Map<String, KeyRow> rows = new HashMap<>();

  // Apart, so that a thousand recovered batches need not be stepped over to find what may run.
  private final NavigableSet<Due> due = new TreeSet<>();
  private final NavigableSet<Due> dueRecovered = new TreeSet<>();
  private long nextToken = 1;

  KeyRows(Deque<Runnable> undo) {
    this.undo = undo;
  }

  Map<String, KeyRow> get(Collection<String> keys) {
    Map<String, KeyRow> found = new HashMap<>();
    for (String key : keys) {
      KeyRow row = rows.get(key);
      if (row != null) {
        found.put(key, row);
      }
    }
    return found;
  }

  List<KeyRow> dueBy(Instant now, int limit, boolean recoveredToo) {
    List<Due> first = firstDue(due, now, limit);
    if (recoveredToo && !dueRecovered.isEmpty()) {
      first.addAll(firstDue(dueRecovered, now, limit));
      first.sort(Comparator.naturalOrder());
    }
    List<KeyRow> found = new ArrayList<>();
    for (Due each : first.subList(0, Math.min(limit, first.size()))) {
      KeyRow row = rows.get(each.key);
      if (row != null) {
        found.add(row);
      }
    }
    return found;
  }

  private static List<Due> firstDue(NavigableSet<Due> from, Instant now, int limit) {
    List<Due> first = new ArrayList<>();
    for (Due each : from) {
      if (each.at.isAfter(now) || first.size() == limit) {
        break;
      }
      first.add(each);
    }
    return first;
  }

  Optional<Instant> nextDue(boolean recoveredToo) {
    Instant next = due.isEmpty() ? null : due.first().at;
    if (recoveredToo && !dueRecovered.isEmpty()) {
      Instant recovered = dueRecovered.first().at;
      next = next == null || recovered.isBefore(next) ? recovered : next;
    }
    return Optional.ofNullable(next);
  }

  List<KeyRow> forRecovery(Instant now, int limit) {
    List<KeyRow> found = new ArrayList<>();
    for (KeyRow row : rows.values()) {
      if (found.size() == limit) {
        break;
      }
      if (row.state() == KeyState.RUNNING || writtenAfter(now, row)) {
        found.add(row);
      }
    }
    return found;
  }

  private static boolean writtenAfter(Instant now, KeyRow row) {
    return (row.window() != null && row.window().countsFrom().isAfter(now))
        || (row.batch() != null && row.batch().since().isAfter(now));
  }

  void save(KeyRow row) {
    change(row.key(), row);
  }

  void remove(String key) {
    change(key, null);
  }

  private void change(String key, @Nullable KeyRow next) {
    KeyRow before = rows.get(key);
    undo.push(() -> replace(key, before));
    replace(key, next);
  }

  private void replace(String key, @Nullable KeyRow next) {
    KeyRow before = next == null ? rows.remove(key) : rows.put(key, next);
    Instant dueBefore = before == null ? null : before.dueAt();
    Instant dueNext = next == null ? null : next.dueAt();
    if (dueBefore != null
        && dueBefore.equals(dueNext)
        && before != null
        && next != null
        && recovered(before) == recovered(next)) {
      return; // a message more in a fixed window: the order of due times stays
    }
    if (before != null && dueBefore != null) {
      indexOf(before).remove(new Due(dueBefore, key));
    }
    if (next != null && dueNext != null) {
      indexOf(next).add(new Due(dueNext, key));
    }
  }

  private NavigableSet<Due> indexOf(KeyRow row) {
    return recovered(row) ? dueRecovered : due;
  }

  private static boolean recovered(KeyRow row) {
    return row.batch() != null && row.batch().recovered();
  }

  long drawTokens(int count) {
    long first = nextToken;
    undo.push(() -> nextToken = first);
    nextToken = first + count;
    return first;
  }

  StoreStats stats(MessageLists messages, long rememberedIds) {
    long waiting = 0;
    long running = 0;
    long backingOff = 0;
    for (KeyRow row : rows.values()) {
      switch (row.state()) {
        case WAITING -> waiting++;
        case RUNNING -> running++;
        case BACKING_OFF -> backingOff++;
      }
    }
    return new StoreStats(
        messages.pending(),
        waiting,
        running,
        backingOff,
        messages.deadLetterCount(),
        rememberedIds,
        messages.oldestArrival(),
        0);
  }
}
