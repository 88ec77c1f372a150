// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.testkit;

/** Draws one row of a lane. */
final class SvgRow {
  private static final int TALL = 34;
  private static final int LOW = 18;

  private final SvgWriter svg;
  private final LaneRow row;
  private final int middle;

  SvgRow(SvgWriter svg, LaneRow row, int middle) {
    this.svg = svg;
    this.row = row;
    this.middle = middle;
  }

  static int heightOf(LaneRow row) {
    return row.tall() ? TALL : LOW;
  }

  void draw() {
    for (LaneBar bar : row.bars()) {
      svg.open("g").content("title", tooltip(bar));
      SvgShapes.bar(svg, bar.span().kind(), x(bar.left()), x(bar.right()), middle);
      svg.close("g");
    }
    row.signs().stream().filter(sign -> sign.kind() == LaneMark.Kind.LOST).forEach(this::dashes);
    row.words().forEach(this::draw);
    for (LaneSign sign : row.signs()) {
      svg.open("g", "class", "sign").content("title", tooltip(sign));
      SvgShapes.sign(svg, sign.kind(), sign.text(), x(sign.left()), x(sign.right()), middle);
      svg.close("g");
    }
  }

  private void draw(LaneWords words) {
    switch (words.place()) {
      case BELOW_RIGHT -> pointer(words, x(words.left()) - 3);
      case BELOW_LEFT -> pointer(words, x(words.right()) + 3);
      case INSIDE, BESIDE, BELOW -> {}
    }
    svg.text(style(words), x(words.left()), middle + 5, words.text());
  }

  private String style(LaneWords words) {
    if (words.place() != LaneWords.Place.INSIDE) {
      return words.loss() ? "loss halo" : "halo";
    }
    return row.bars().stream()
        .filter(bar -> bar.overlaps(words.left(), words.right()))
        .map(bar -> "in-" + SvgStyle.of(bar.span().kind()))
        .findFirst()
        .orElseThrow();
  }

  /** From what the words belong to down to their line, and a little to the side. */
  private void pointer(LaneWords words, int end) {
    String path = "M" + x(words.anchor()) + " " + (middle - 12) + "V" + middle + "H" + end;
    svg.leaf("path", "class", "pointer", "d", path);
  }

  /** A lost message is lost for ever: to the end of the picture. */
  private void dashes(LaneSign sign) {
    int from = sign.right();
    for (LaneWords words : row.words()) {
      if (sign.overlaps(words.left(), words.right())) {
        from = Math.max(from, words.right());
      }
    }
    if (from + 4 < sign.reach()) {
      String path = "M" + x(from + 4) + " " + middle + "H" + x(sign.reach());
      svg.leaf("path", "class", "dashes", "d", path);
    }
  }

  private static String tooltip(LaneBar bar) {
    return bar.label() + " (" + TimelineWords.meaning(bar.span().kind()) + ")";
  }

  private static String tooltip(LaneSign sign) {
    return sign.text() + ": " + TimelineWords.meaning(sign.kind());
  }

  private static int x(int place) {
    return SvgLanes.PLOT + place;
  }
}
