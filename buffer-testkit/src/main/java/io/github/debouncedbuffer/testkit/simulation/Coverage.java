// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.testkit.simulation;

import static java.util.Objects.requireNonNull;

import io.github.debouncedbuffer.spi.KeyRow;
import io.github.debouncedbuffer.spi.KeyState;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How often each event met each state of a key. Not thread-safe. */
public final class Coverage {

  private final Map<Event, Long> idle = new EnumMap<>(Event.class);
  private final Map<Event, Map<KeyState, Long>> busy = new EnumMap<>(Event.class);

  Coverage() {
    for (Event event : Event.values()) {
      busy.put(event, new EnumMap<>(KeyState.class));
    }
  }

  void add(Event event, @Nullable KeyRow row) {
    if (row == null) {
      idle.merge(event, 1L, Long::sum);
    } else {
      cells(event).merge(row.state(), 1L, Long::sum);
    }
  }

  void add(Coverage other) {
    other.idle.forEach((event, count) -> idle.merge(event, count, Long::sum));
    other.busy.forEach(
        (event, cells) ->
            cells.forEach((state, count) -> cells(event).merge(state, count, Long::sum)));
  }

  private Map<KeyState, Long> cells(Event event) {
    return requireNonNull(busy.get(event));
  }

  /**
   * How often an event met a state.
   *
   * @param event what happened
   * @param state in which state the key was; null if it was idle
   * @return 0 or more
   */
  public long of(Event event, @Nullable KeyState state) {
    return state == null ? idle.getOrDefault(event, 0L) : cells(event).getOrDefault(state, 0L);
  }

  /** A table, a line for each event. */
  @Override
  public String toString() {
    StringBuilder table = new StringBuilder("%-10s%12s".formatted("", "IDLE"));
    for (KeyState state : KeyState.values()) {
      table.append("%14s".formatted(state));
    }
    for (Event event : Event.values()) {
      table.append("%n%-10s%,12d".formatted(event, of(event, null)));
      for (KeyState state : KeyState.values()) {
        table.append("%,14d".formatted(of(event, state)));
      }
    }
    return table.toString();
  }
}
