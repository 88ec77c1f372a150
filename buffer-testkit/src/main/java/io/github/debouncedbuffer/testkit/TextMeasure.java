// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.testkit;

/** Measures in a terminal's columns. */
record TextMeasure(int plotWidth) implements TimelineMeasure {
  @Override
  public int margin() {
    return 2;
  }

  /** The last label is moved to the left until it fits, and must not meet the one before it. */
  @Override
  public int tickWidth(String text) {
    return 2 * text.length();
  }

  @Override
  public int width(String text) {
    return TextColumns.of(text);
  }

  @Override
  public int loudWidth(String text) {
    return width(text);
  }

  @Override
  public int signWidth(LaneMark.Kind kind, String text) {
    return TextColumns.of(TextSigns.sign(kind, text));
  }

  /** A sign begins at its time: the column of its first character is what a reader looks at. */
  @Override
  public int signLeft(LaneMark.Kind kind, int x, int width) {
    return x;
  }

  @Override
  public int inset(LaneSpan.Kind kind) {
    return 1;
  }

  @Override
  public int gap() {
    return 1;
  }

  @Override
  public int shortestBar() {
    return 1;
  }

  @Override
  public int pointer() {
    return 2;
  }
}
