// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.testkit;

import java.util.ArrayList;
import java.util.List;

/** Draws the lanes of one timeline as text. */
final class TextLanes {
  private static final int WIDEST_NAME = 22;

  private final TextCanvas canvas;
  private final TextMeasure measure;
  private final TimelineAxis axis;
  private final int plot;
  private final List<Integer> guides = new ArrayList<>();

  private TextLanes(Timeline timeline, int width) {
    int name = 2;
    for (Lane lane : timeline.lanes()) {
      name = Math.max(name, TextColumns.of(TextSafe.visible(lane.name())));
      name = Math.max(name, TextColumns.of(TextSafe.visible(lane.subtitle())));
    }
    this.plot = Math.min(name, WIDEST_NAME) + 2;
    this.canvas = new TextCanvas(width);
    this.measure = new TextMeasure(width - plot);
    this.axis = TimelineAxis.of(timeline, measure);
  }

  static TextCanvas draw(Timeline timeline, int width) {
    TextLanes lanes = new TextLanes(timeline, width);
    lanes.drawAxis();
    timeline.lanes().forEach(lanes::draw);
    return lanes.canvas;
  }

  private void drawAxis() {
    canvas.put(0, 0, "T+");
    int from = axis.x(axis.first());
    canvas.put(1, plot + from, "-".repeat(axis.x(axis.last()) - from));
    for (long tick = axis.first(); tick <= axis.last(); tick++) {
      int room = measure.plotWidth() - axis.label(tick).length();
      canvas.put(0, plot + Math.min(axis.x(tick), room), axis.label(tick));
      canvas.put(1, plot + axis.x(tick), "|");
    }
  }

  private void draw(Lane lane) {
    int top = canvas.height();
    List<LaneRow> rows = LaneLayout.rows(lane, axis, measure);
    for (int i = 0; i < rows.size(); i++) {
      draw(rows.get(i), top + i);
    }
    if (lane.tally() != null) {
      canvas.put(canvas.height(), plot + measure.margin(), TextSigns.verdict(lane.tally()));
    }
    int line = top;
    for (String text : List.of(lane.name(), lane.subtitle())) {
      for (String part : TextWrap.lines(TextSafe.visible(text), plot - 2, TextColumns::of)) {
        canvas.put(line++, 0, part);
      }
    }
    canvas.put(canvas.height(), 0, "");
    drawGuides(lane, rows, top);
  }

  private void draw(LaneRow row, int line) {
    for (LaneBar bar : row.bars()) {
      canvas.put(
          line, plot + bar.left(), TextSigns.bar(bar.span().kind(), bar.right() - bar.left()));
    }
    row.signs().forEach(sign -> drawDashes(sign, row, line));
    row.words().forEach(words -> draw(words, row, line));
    for (LaneSign sign : row.signs()) {
      canvas.put(line, plot + sign.left(), TextSigns.sign(sign.kind(), sign.text()));
    }
  }

  private void draw(LaneWords words, LaneRow row, int line) {
    canvas.put(line, plot + words.left(), words.text());
    switch (words.place()) {
      case INSIDE -> {
        clear(row, line, words.left() - 1);
        clear(row, line, words.right());
      }
      case BELOW_RIGHT, BELOW_LEFT -> canvas.put(line, plot + words.anchor(), "^");
      case BESIDE, BELOW -> {}
    }
  }

  /** A space between a label and its bar's filling; the bar's ends stay. */
  private void clear(LaneRow row, int line, int column) {
    for (LaneBar bar : row.bars()) {
      if (bar.left() < column && column < bar.right() - 1) {
        canvas.put(line, plot + column, " ");
      }
    }
  }

  private void drawDashes(LaneSign sign, LaneRow row, int line) {
    int from = sign.right();
    for (LaneWords words : row.words()) {
      if (sign.overlaps(words.left(), words.right())) {
        from = Math.max(from, words.right());
      }
    }
    for (int column = from + 1; column < sign.reach(); column += 2) {
      canvas.put(line, plot + column, "-");
    }
  }

  /** A source's arrivals go on through the lanes below, and others' through this one. */
  private void drawGuides(Lane lane, List<LaneRow> rows, int top) {
    for (int column : guides) {
      for (int line = top; line < canvas.height(); line++) {
        canvas.putBehind(line, plot + column, ":");
      }
    }
    if (lane.isSource()) {
      rows.stream()
          .flatMap(row -> row.signs().stream())
          .forEach(sign -> guides.add(axis.x(sign.firstAt())));
    }
  }
}
