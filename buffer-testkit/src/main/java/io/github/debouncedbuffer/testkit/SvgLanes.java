// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.testkit;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Draws the lanes of one timeline: names at the left, tallies at the right, time between them. */
final class SvgLanes {
  static final int PLOT = 170;
  static final int TALLY = PLOT + SvgMeasure.PLOT_WIDTH + 10;

  private static final int AXIS_HEIGHT = 22;
  private static final int PADDING = 9;
  private static final int NAME_LINE = 18;

  private final SvgWriter back = new SvgWriter();
  private final SvgWriter front = new SvgWriter();
  private final TimelineMeasure measure = new SvgMeasure();
  private final TimelineAxis axis;
  private final List<int[]> guides = new ArrayList<>();
  private int y;

  private SvgLanes(Timeline timeline, int top) {
    this.axis = TimelineAxis.of(timeline, measure);
    this.y = top + AXIS_HEIGHT;
  }

  /** Draws from {@code top} on and says where it ended. */
  static int draw(SvgWriter svg, Timeline timeline, int top) {
    SvgLanes lanes = new SvgLanes(timeline, top);
    timeline.lanes().forEach(lanes::draw);
    lanes.drawAxis(top);
    svg.raw(lanes.back.toString()).raw(lanes.front.toString());
    return lanes.y;
  }

  private void drawAxis(int top) {
    back.text("quiet", SvgPicture.EDGE, top + 14, "T+");
    for (long tick = axis.first(); tick <= axis.last(); tick++) {
      int x = PLOT + axis.x(tick);
      back.text("tick", x, top + 14, axis.label(tick));
      line("grid", x, top + AXIS_HEIGHT, x, y);
    }
    for (int[] guide : guides) {
      line("guide", guide[0], guide[1], guide[0], y);
    }
    line("rule", SvgPicture.EDGE, y, SvgPicture.WIDTH - SvgPicture.EDGE, y);
  }

  private void draw(Lane lane) {
    line("rule", SvgPicture.EDGE, y, SvgPicture.WIDTH - SvgPicture.EDGE, y);
    int top = y + PADDING;
    int plotEnd = top;
    for (LaneRow row : LaneLayout.rows(lane, axis, measure)) {
      int middle = plotEnd + SvgRow.heightOf(row) / 2;
      new SvgRow(front, row, middle).draw();
      if (lane.isSource()) {
        for (LaneSign sign : row.signs()) {
          guides.add(new int[] {PLOT + axis.x(sign.firstAt()), middle});
        }
      }
      plotEnd += SvgRow.heightOf(row);
    }
    int end = Math.max(drawName(lane, top), drawTally(lane.tally(), top));
    y = Math.max(plotEnd, end) + PADDING;
  }

  private int drawName(Lane lane, int top) {
    int width = PLOT - SvgPicture.EDGE - 8;
    int at = top;
    for (String line :
        TextWrap.lines(TextSafe.visible(lane.name()), width, s -> SvgFont.boldWidth(s, 14))) {
      front.text("name", SvgPicture.EDGE, at + 15, line);
      at += NAME_LINE;
    }
    for (String line :
        TextWrap.lines(TextSafe.visible(lane.subtitle()), width, s -> SvgFont.width(s, 12))) {
      front.text("quiet", SvgPicture.EDGE, at + 13, line);
      at += NAME_LINE - 2;
    }
    return at;
  }

  private int drawTally(@Nullable LaneTally tally, int top) {
    if (tally == null) {
      return top;
    }
    SvgShapes.verdict(front, tally.verdict(), TALLY, top + 12);
    String style = "verdict " + SvgStyle.textOf(tally.verdict());
    front.text(style, TALLY + 24, top + 17, tally.headline());
    int at = top + 24;
    for (String line : tally.rest()) {
      front.text("quiet", TALLY, at + 11, line);
      at += NAME_LINE - 3;
    }
    return at;
  }

  private void line(String style, int x1, int y1, int x2, int y2) {
    back.leaf("line", "class", style, "x1", x1, "y1", y1, "x2", x2, "y2", y2);
  }
}
