// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.index;

import io.github.debouncedbuffer.spi.KeyRow;
import io.github.debouncedbuffer.spi.KeyState;
import io.github.debouncedbuffer.spi.PolicyRow;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The slots of all keys that are not idle, and their rows in the order of their due times. A key
 * without a row and with a vacant slot leaves nothing behind. Not thread-safe.
 *
 * @param <S> the store's slots
 */
public final class KeyIndex<S extends Slot> {

  private static final int POLICIES = 1_000;

  private final Function<String, S> make;
  private final Map<String, S> slots = new HashMap<>();
  private final DueTimes dueTimes = new DueTimes();

  /** One object for all equal ones: most keys have the same. */
  private final Map<PolicyRow, PolicyRow> policies = new HashMap<>();

  /**
   * An empty index.
   *
   * @param make makes a vacant slot for a key
   */
  public KeyIndex(Function<String, S> make) {
    this.make = make;
  }

  /**
   * The slot of a key.
   *
   * @param key whose
   * @return null if it has none
   */
  public @Nullable S slot(String key) {
    return slots.get(key);
  }

  /**
   * The slot of a key, made if it has none. Whoever leaves it vacant releases it.
   *
   * @param key whose
   * @return its slot
   */
  public S slotFor(String key) {
    return slots.computeIfAbsent(key, make);
  }

  /**
   * Drops a slot in which there is nothing.
   *
   * @param slot of this index
   */
  public void release(S slot) {
    if (slot.isVacant() && !slot.hasRow()) {
      slots.remove(slot.key());
    }
  }

  /**
   * All slots.
   *
   * @return in any order
   */
  public Collection<S> slots() {
    return slots.values();
  }

  /**
   * The rows of these keys.
   *
   * @param keys which
   * @return those that exist, by key
   */
  public Map<String, KeyRow> rows(Collection<String> keys) {
    Map<String, KeyRow> found = new HashMap<>();
    for (String key : keys) {
      KeyRow row = row(key);
      if (row != null) {
        found.put(key, row);
      }
    }
    return found;
  }

  /**
   * The row of a key.
   *
   * @param key whose
   * @return null if it has none
   */
  public @Nullable KeyRow row(String key) {
    S slot = slots.get(key);
    return slot == null ? null : slot.row();
  }

  /**
   * Puts a row in the place of the one that is there, if any.
   *
   * @param row what to put
   * @return the slot that has it now
   * @throws IllegalArgumentException if one of its times is not kept; nothing is changed then
   */
  public S put(KeyRow row) {
    S slot = slotFor(row.key());
    DueTimes.Place before = dueTimes.placeOf(slot);
    try {
      slot.set(row, shared(row.policy()));
    } finally {
      release(slot);
    }
    dueTimes.move(slot, before);
    return slot;
  }

  /**
   * Removes a row, and the slot with it if that is vacant.
   *
   * @param key whose; one without a row is no error
   */
  public void remove(String key) {
    S slot = slots.get(key);
    if (slot != null) {
      DueTimes.Place before = dueTimes.placeOf(slot);
      slot.unset();
      dueTimes.move(slot, before);
      release(slot);
    }
  }

  /** A function may give each key a policy of its own, so what is kept of them is bounded. */
  private PolicyRow shared(PolicyRow policy) {
    PolicyRow known = policies.get(policy);
    if (known == null) {
      if (policies.size() >= POLICIES) {
        policies.clear();
      }
      policies.put(policy, policy);
      return policy;
    }
    return known;
  }

  /**
   * The rows that are due.
   *
   * @param now inclusive
   * @param limit at most so many
   * @param recoveredToo whether those with a recovered batch are wanted
   * @return earliest due first, of equal times the smaller key
   */
  public List<KeyRow> dueBy(Instant now, int limit, boolean recoveredToo) {
    return rows(dueTimes.until(Nanos.clipped(now), limit, recoveredToo));
  }

  private static List<KeyRow> rows(List<Slot> slots) {
    List<KeyRow> rows = new ArrayList<>(slots.size());
    for (Slot slot : slots) {
      rows.add(Objects.requireNonNull(slot.row()));
    }
    return rows;
  }

  /**
   * The earliest due time.
   *
   * @param recoveredToo whether rows with a recovered batch count
   * @return empty if no row has one
   */
  public Optional<Instant> nextDue(boolean recoveredToo) {
    return dueTimes.next(recoveredToo);
  }

  /**
   * The rows that recovery has to decide about: running ones whose claim does not hold, and those
   * that a clock ahead has written.
   *
   * @param now the present time
   * @param limit at most so many
   * @return in any order
   */
  public List<KeyRow> toRecover(Instant now, int limit) {
    long present = Nanos.clipped(now);
    List<Slot> found = new ArrayList<>();
    for (S slot : slots.values()) {
      if (found.size() == limit) {
        break;
      }
      if (slot.isAbandoned(present) || slot.wasWrittenAfter(present)) {
        found.add(slot);
      }
    }
    return rows(found);
  }

  /**
   * Counts rows.
   *
   * @param state of these
   * @return how many there are
   */
  public long count(KeyState state) {
    return slots.values().stream().filter(slot -> slot.is(state)).count();
  }
}
