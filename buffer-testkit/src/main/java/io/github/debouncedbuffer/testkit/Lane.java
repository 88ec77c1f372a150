// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.testkit;

import static java.util.Objects.requireNonNull;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One horizontal strip of a {@link Timeline}: what happened to one key, or in one way of doing it.
 *
 * <p>A lane without spans is where messages come from: its arrivals go on as faint lines through
 * the lanes below it. Immutable and thread-safe. {@link LaneRecorder} makes lanes step by step.
 *
 * @param name stands at the left in bold
 * @param subtitle stands below the name, may be empty
 * @param spans what takes time, in any order: the picture does not depend on it
 * @param marks what happens at an instant, in any order
 * @param tally stands at the right, or null for none
 */
public record Lane(
    String name,
    String subtitle,
    List<LaneSpan> spans,
    List<LaneMark> marks,
    @Nullable LaneTally tally) {
  /**
   * Copies the lists.
   *
   * @param name stands at the left in bold
   * @param subtitle stands below the name, may be empty
   * @param spans what takes time, in any order
   * @param marks what happens at an instant, in any order
   * @param tally stands at the right, or null for none
   */
  public Lane {
    requireNonNull(name, "name");
    requireNonNull(subtitle, "subtitle");
    spans = List.copyOf(spans);
    marks = List.copyOf(marks);
  }

  /**
   * Begins a lane.
   *
   * @param name stands at the left in bold
   * @param subtitle stands below the name, may be empty
   * @return an empty recorder
   */
  public static LaneRecorder named(String name, String subtitle) {
    return new LaneRecorder(name, subtitle);
  }

  /** Whether this lane shows where messages come from, and not what becomes of them. */
  boolean isSource() {
    return spans.isEmpty() && marks.stream().allMatch(mark -> mark.kind().isArrival());
  }
}
