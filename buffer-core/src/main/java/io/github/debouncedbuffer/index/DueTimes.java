// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.index;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The slots whose rows have a due time, in its order. Those with a recovered batch are kept apart,
 * so that a thousand of them need not be stepped over to find what may run.
 */
final class DueTimes {

  private final DueHeap usual = new DueHeap();
  private final DueHeap recovered = new DueHeap();

  /** Where a slot belongs, according to its row; the heap is null if it is due at no time. */
  record Place(@Nullable DueHeap heap, long dueAt) {}

  Place placeOf(Slot slot) {
    return new Place(
        !slot.isDueSometime() ? null : slot.isRecovered() ? recovered : usual, slot.dueAt());
  }

  /** Called when the row has changed: a message more in a fixed window leaves all as it is. */
  void move(Slot slot, Place before) {
    Place after = placeOf(slot);
    if (after.heap == before.heap && after.dueAt == before.dueAt) {
      return;
    }
    if (before.heap != null) {
      before.heap.remove(slot);
    }
    if (after.heap != null) {
      after.heap.add(slot);
    }
  }

  /** The first ones in order, as long as their time is at or before {@code latest}. */
  List<Slot> until(long latest, int limit, boolean recoveredToo) {
    List<Slot> first = usual.firstUntil(latest, limit);
    if (recoveredToo && !recovered.isEmpty()) {
      first.addAll(recovered.firstUntil(latest, limit));
      first.sort(DueHeap.ORDER);
    }
    return first.size() > limit ? first.subList(0, limit) : first;
  }

  Optional<Instant> next(boolean recoveredToo) {
    Slot next = usual.first();
    if (recoveredToo && !recovered.isEmpty()) {
      Slot other = recovered.first();
      next = next == null || DueHeap.ORDER.compare(other, next) < 0 ? other : next;
    }
    return Optional.ofNullable(next).map(slot -> Nanos.toInstant(slot.dueAt()));
  }
}
