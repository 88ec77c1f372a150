// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.testkit;

/** Draws single things: bars, signs, symbols. */
final class SvgShapes {
  static final int BAR_HEIGHT = 26;

  private static final int HALF_SIGN = SvgMeasure.SIGN_HEIGHT / 2;

  private SvgShapes() {}

  static void bar(SvgWriter svg, LaneSpan.Kind kind, int left, int right, int middle) {
    int top = middle - BAR_HEIGHT / 2;
    if (kind == LaneSpan.Kind.NOTE) {
      dimension(svg, left, right, middle);
      return;
    }
    int round = Math.min(4, (right - left) / 2);
    String style = SvgStyle.of(kind);
    svg.leaf(
        "rect",
        "class",
        style,
        "x",
        left,
        "y",
        top,
        "width",
        right - left,
        "height",
        BAR_HEIGHT,
        "rx",
        round);
    if (kind == LaneSpan.Kind.FAILED) {
      zigzag(svg, left, right, top + BAR_HEIGHT);
    }
  }

  /** A line with ends, as in a technical drawing. */
  private static void dimension(SvgWriter svg, int left, int right, int middle) {
    int top = middle - 7;
    String ends = "M" + left + " " + top + "v14M" + right + " " + top + "v14";
    svg.leaf("path", "class", "note", "d", ends + "M" + left + " " + middle + "H" + right);
  }

  /** The torn edge of a failed run. */
  private static void zigzag(SvgWriter svg, int left, int right, int bottom) {
    StringBuilder path = new StringBuilder("M" + left + " " + bottom);
    boolean up = true;
    for (int x = left + 4; x <= right; x += 4) {
      path.append("L").append(x).append(' ').append(up ? bottom - 4 : bottom);
      up = !up;
    }
    svg.leaf("path", "class", "zigzag", "d", path);
  }

  static void sign(
      SvgWriter svg, LaneMark.Kind kind, String text, int left, int right, int middle) {
    int top = middle - HALF_SIGN;
    int round = kind == LaneMark.Kind.DEAD ? 2 : kind == LaneMark.Kind.ANSWERED ? 6 : HALF_SIGN;
    int thin = kind == LaneMark.Kind.LATE ? 1 : 0;
    svg.leaf(
        "rect",
        "class",
        SvgStyle.of(kind),
        "x",
        left + thin,
        "y",
        top + thin,
        "width",
        right - left - 2 * thin,
        "height",
        SvgMeasure.SIGN_HEIGHT - 2 * thin,
        "rx",
        round - thin);
    int centre = (left + right) / 2;
    if (kind == LaneMark.Kind.ANSWERED) {
      tick(svg, left + 6, middle);
      centre += 7;
    } else if (kind == LaneMark.Kind.LOST) {
      cross(svg, left + 6, middle);
      centre += 7;
    }
    svg.text(kind == LaneMark.Kind.LATE ? "late-text" : "number", centre, middle + 5, text);
  }

  static void verdict(SvgWriter svg, LaneTally.Verdict verdict, int left, int middle) {
    int round = verdict == LaneTally.Verdict.DEAD ? 2 : 9;
    svg.leaf(
        "rect",
        "class",
        SvgStyle.of(verdict),
        "x",
        left,
        "y",
        middle - 9,
        "width",
        18,
        "height",
        18,
        "rx",
        round);
    switch (verdict) {
      case GOOD -> tick(svg, left + 5, middle);
      case LOST -> cross(svg, left + 5, middle);
      case WAITING -> symbol(svg, left + 9, middle - 5, "v5h4");
      case DEAD -> symbol(svg, left + 9, middle - 5, "v10m-3 -7h6");
    }
  }

  private static void tick(SvgWriter svg, int left, int middle) {
    symbol(svg, left, middle, "l3 3.5l5 -7");
  }

  private static void cross(SvgWriter svg, int left, int middle) {
    symbol(svg, left, middle - 4, "l8 8m0 -8l-8 8");
  }

  private static void symbol(SvgWriter svg, int x, int y, String path) {
    svg.leaf("path", "class", "symbol", "d", "M" + x + " " + y + path);
  }
}
