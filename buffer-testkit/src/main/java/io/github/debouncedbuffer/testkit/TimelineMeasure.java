// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.testkit;

/**
 * How one renderer measures. The layout is the same for all; its unit is the pixel or the column.
 */
interface TimelineMeasure {
  /** Width of the picture between the lanes' names and their tallies. */
  int plotWidth();

  /** Kept free of time at both ends of the plot, for signs that stand at the edge. */
  int margin();

  /** Width of an axis label and of the space it needs. */
  int tickWidth(String text);

  /** Width of a label. */
  int width(String text);

  /** Width of a label that says what was lost. */
  int loudWidth(String text);

  /** Width of a sign with this text in it. */
  int signWidth(LaneMark.Kind kind, String text);

  /** Left edge of a sign of this width that stands at {@code x}. */
  int signLeft(LaneMark.Kind kind, int x, int width);

  /** What a bar of this kind needs to the left, and to the right, of a label inside it. */
  int inset(LaneSpan.Kind kind);

  /** Least space between two things beside each other. */
  int gap();

  /** Width of a bar that takes no time. */
  int shortestBar();

  /** From what a label below a bar belongs to, to the label's first character. */
  int pointer();
}
