// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.index;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * Slots by their due times, of equal times the smaller key first: a binary heap in which each slot
 * knows its place, so that a key costs one reference and is moved or removed without a search.
 */
final class DueHeap {

  static final int NOWHERE = -1;

  static final Comparator<Slot> ORDER =
      (one, other) ->
          one.dueAt() != other.dueAt()
              ? Long.compare(one.dueAt(), other.dueAt())
              : one.key().compareTo(other.key());

  private static final int SMALLEST = 16;

  private Slot[] slots = new Slot[SMALLEST];
  private int size;

  private static boolean before(Slot one, Slot other) {
    return ORDER.compare(one, other) < 0;
  }

  boolean isEmpty() {
    return size == 0;
  }

  @Nullable Slot first() {
    return size == 0 ? null : slots[0];
  }

  void add(Slot slot) {
    if (size == slots.length) {
      slots = Arrays.copyOf(slots, size + (size >> 1));
    }
    size++;
    rise(slot, size - 1);
  }

  void remove(Slot slot) {
    int gap = slot.place;
    Slot last = slots[--size];
    slots[size] = null;
    slot.place = NOWHERE;
    if (last != slot) {
      settle(last, gap);
    }
    if (slots.length > SMALLEST && size < slots.length / 4) {
      slots = Arrays.copyOf(slots, Math.max(SMALLEST, slots.length / 2));
    }
  }

  private void settle(Slot slot, int place) {
    if (place > 0 && before(slot, slots[(place - 1) / 2])) {
      rise(slot, place);
    } else {
      sink(slot, place);
    }
  }

  private void rise(Slot slot, int from) {
    int place = from;
    while (place > 0 && before(slot, slots[(place - 1) / 2])) {
      put(slots[(place - 1) / 2], place);
      place = (place - 1) / 2;
    }
    put(slot, place);
  }

  private void sink(Slot slot, int from) {
    int place = from;
    for (int child = smallerChild(place); child < size; child = smallerChild(place)) {
      if (!before(slots[child], slot)) {
        break;
      }
      put(slots[child], place);
      place = child;
    }
    put(slot, place);
  }

  private int smallerChild(int place) {
    int left = 2 * place + 1;
    return left + 1 < size && before(slots[left + 1], slots[left]) ? left + 1 : left;
  }

  private void put(Slot slot, int place) {
    slots[place] = slot;
    slot.place = place;
  }

  /** The first ones in order, as long as their time is at or before {@code latest}. */
  List<Slot> firstUntil(long latest, int limit) {
    List<Slot> found = new ArrayList<>();
    PriorityQueue<Slot> next = new PriorityQueue<>(ORDER);
    offer(0, latest, next);
    while (found.size() < limit && !next.isEmpty()) {
      Slot slot = next.remove();
      found.add(slot);
      offer(2 * slot.place + 1, latest, next);
      offer(2 * slot.place + 2, latest, next);
    }
    return found;
  }

  private void offer(int place, long latest, PriorityQueue<Slot> next) {
    if (place < size && slots[place].dueAt() <= latest) {
      next.add(slots[place]);
    }
  }
}
