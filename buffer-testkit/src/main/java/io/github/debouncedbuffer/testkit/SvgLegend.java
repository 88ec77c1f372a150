// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.testkit;

/** The legend: every sign that the page uses, as it looks there, and its meaning. */
final class SvgLegend {
  private static final int LINE = 30;

  private final SvgWriter svg;
  private int x = SvgPicture.EDGE;
  private int middle;

  private SvgLegend(SvgWriter svg, int top) {
    this.svg = svg;
    this.middle = top + LINE / 2;
  }

  /** Draws from {@code top} on and says where it ended. */
  static int draw(SvgWriter svg, TimelinePage page, int top) {
    SvgLegend legend = new SvgLegend(svg, top);
    page.spanKinds().forEach(legend::draw);
    legend.nextLine();
    page.markKinds().forEach(legend::draw);
    boolean empty = page.spanKinds().isEmpty() && page.markKinds().isEmpty();
    return empty ? top : legend.middle + LINE / 2;
  }

  private void draw(LaneSpan.Kind kind) {
    int left = claim(34, TimelineWords.meaning(kind));
    SvgShapes.bar(svg, kind, left, left + 34, middle);
  }

  private void draw(LaneMark.Kind kind) {
    int width = new SvgMeasure().signWidth(kind, "1");
    int left = claim(width, TimelineWords.meaning(kind));
    svg.open("g", "class", "sign");
    SvgShapes.sign(svg, kind, "1", left, left + width, middle);
    svg.close("g");
  }

  /** Writes the meaning, leaving room for the sign before it, and says where the sign goes. */
  private int claim(int signWidth, String meaning) {
    int width = signWidth + 7 + SvgFont.width(meaning, SvgMeasure.LABEL_SIZE);
    if (x + width > SvgPicture.WIDTH - SvgPicture.EDGE) {
      nextLine();
    }
    int left = x;
    svg.text("meaning", left + signWidth + 7, middle + 5, meaning);
    x += width + 22;
    return left;
  }

  private void nextLine() {
    if (x > SvgPicture.EDGE) {
      x = SvgPicture.EDGE;
      middle += LINE;
    }
  }
}
