// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.testkit;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/**
 * Something that takes time in a {@link Lane}, drawn as a bar from its begin to its end.
 *
 * <p>The label stands inside the bar where it fits, else below it. Spans of one lane may overlap;
 * what overlaps is drawn below. Immutable and thread-safe.
 *
 * @param kind what goes on, never null; decides colour and pattern
 * @param from the begin
 * @param to the end, not before the begin; the same instant is drawn as the thinnest bar
 * @param label a few words, may be empty; characters that cannot be shown appear as {@code \}{@code
 *     u0007} and the like
 */
public record LaneSpan(Kind kind, Instant from, Instant to, String label) {
  /** What goes on during a span, in the order of a key's life. */
  public enum Kind {
    /** The key waits for more messages. */
    WINDOW,
    /** The handler works on a batch. */
    RUN,
    /** The handler worked on a batch and threw, timed out or died. */
    FAILED,
    /** The batch waits for its next attempt. */
    BACKING_OFF,
    /** Nothing of the key's life: a remark about a stretch of time, drawn like a dimension. */
    NOTE
  }

  /**
   * Checks the arguments.
   *
   * @param kind what goes on, never null
   * @param from the begin
   * @param to the end, not before the begin
   * @param label a few words, may be empty
   * @throws IllegalArgumentException if the end is before the begin
   */
  public LaneSpan {
    requireNonNull(kind, "kind");
    requireNonNull(from, "from");
    requireNonNull(to, "to");
    requireNonNull(label, "label");
    if (to.isBefore(from)) {
      throw new IllegalArgumentException("to " + to + " is before from " + from);
    }
  }
}
