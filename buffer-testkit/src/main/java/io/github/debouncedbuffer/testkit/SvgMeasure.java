// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.testkit;

/** Measures in pixels. */
final class SvgMeasure implements TimelineMeasure {
  static final int LABEL_SIZE = 13;
  static final int SIGN_HEIGHT = 22;
  static final int PLOT_WIDTH = 630;

  @Override
  public int plotWidth() {
    return PLOT_WIDTH;
  }

  @Override
  public int margin() {
    return SIGN_HEIGHT / 2 + 3;
  }

  @Override
  public int tickWidth(String text) {
    return SvgFont.width(text, 12) + 10;
  }

  @Override
  public int width(String text) {
    return SvgFont.width(text, LABEL_SIZE);
  }

  @Override
  public int loudWidth(String text) {
    return SvgFont.boldWidth(text, LABEL_SIZE);
  }

  @Override
  public int signWidth(LaneMark.Kind kind, String text) {
    int symbol =
        switch (kind) {
          case RECEIVED, LATE, DEAD -> 0;
          case ANSWERED, LOST -> 13;
        };
    return Math.max(SIGN_HEIGHT, SvgFont.boldWidth(text, LABEL_SIZE) + symbol + 12);
  }

  /** An arrival stands on its time; an outcome hangs on the end of its run like a flag. */
  @Override
  public int signLeft(LaneMark.Kind kind, int x, int width) {
    return switch (kind) {
      case RECEIVED, LATE, LOST -> x - width / 2;
      case ANSWERED, DEAD -> x - 5;
    };
  }

  @Override
  public int inset(LaneSpan.Kind kind) {
    return kind == LaneSpan.Kind.NOTE ? 14 : 4;
  }

  @Override
  public int gap() {
    return 6;
  }

  @Override
  public int shortestBar() {
    return 3;
  }

  @Override
  public int pointer() {
    return 9;
  }
}
