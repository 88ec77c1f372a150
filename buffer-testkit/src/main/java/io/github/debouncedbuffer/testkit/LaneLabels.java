// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.testkit;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Places the words of one track: inside a bar, beside a sign, else in rows below. */
final class LaneLabels {
  private record Homeless(String text, int anchor, boolean loss) {}

  private final TimelineMeasure measure;
  private final List<LaneBar> bars;
  private final List<LaneSign> signs;
  private final List<LaneWords> within = new ArrayList<>();
  private final List<Homeless> homeless = new ArrayList<>();

  LaneLabels(TimelineMeasure measure, List<LaneBar> bars, List<LaneSign> signs) {
    this.measure = measure;
    this.bars = bars;
    this.signs = signs;
  }

  /** The words in the track's own row. */
  List<LaneWords> within() {
    return List.copyOf(within);
  }

  void add(LaneBar bar) {
    if (bar.label().isBlank()) {
      return;
    }
    LaneGap gap = LaneGap.widest(bar, signs, null);
    int width = measure.width(bar.label());
    if (bar.wanted(measure) <= gap.width()) {
      int left = gap.left() + (gap.width() - width) / 2;
      within.add(words(bar.label(), left, width, left, LaneWords.Place.INSIDE, false));
    } else {
      int anchor = (gap.left() + Math.min(gap.right(), gap.left() + 2 * measure.gap())) / 2;
      homeless.add(new Homeless(bar.label(), anchor, false));
    }
  }

  void add(LaneSign sign) {
    if (sign.note().isBlank()) {
      return;
    }
    boolean loss = sign.kind() == LaneMark.Kind.LOST;
    int width = width(sign.note(), loss);
    int right = sign.right() + measure.gap();
    int left = sign.left() - measure.gap() - width;
    if (right + width <= measure.plotWidth() && isFree(sign, right, right + width)) {
      within.add(words(sign.note(), right, width, right, LaneWords.Place.BESIDE, loss));
    } else if (left >= 0 && isFree(sign, left, left + width)) {
      within.add(words(sign.note(), left, width, left, LaneWords.Place.BESIDE, loss));
    } else {
      homeless.add(new Homeless(sign.note(), (sign.left() + sign.right()) / 2, loss));
    }
  }

  private boolean isFree(LaneSign self, int left, int right) {
    int gap = measure.gap();
    return bars.stream().noneMatch(bar -> bar.overlaps(left - gap, right + gap))
        && signs.stream().noneMatch(s -> !s.equals(self) && s.overlaps(left - gap, right + gap))
        && within.stream().noneMatch(words -> words.overlaps(left - gap, right + gap));
  }

  /** Rows for the rest. From right to left, so that no pointer crosses words placed before it. */
  List<List<LaneWords>> below() {
    List<List<LaneWords>> rows = new ArrayList<>();
    homeless.sort(Comparator.comparingInt(Homeless::anchor).reversed());
    for (Homeless label : homeless) {
      List<LaneWords> block = block(label);
      int row = 0;
      while (!isFree(rows, row, block)) {
        row++;
      }
      for (LaneWords line : block) {
        while (rows.size() <= row) {
          rows.add(new ArrayList<>());
        }
        rows.get(row++).add(line);
      }
    }
    return rows;
  }

  /** To the right of the anchor if there is room, else to its left, else as wide as it must be. */
  private List<LaneWords> block(Homeless label) {
    int room = measure.plotWidth() - 2 * measure.pointer();
    List<String> lines = TextWrap.lines(label.text(), room, line -> width(line, label.loss()));
    int width = lines.stream().mapToInt(line -> width(line, label.loss())).max().orElse(0);
    int right = label.anchor() + measure.pointer();
    int left = label.anchor() - measure.pointer() - width;
    LaneWords.Place place = LaneWords.Place.BELOW;
    int at = Math.max(0, measure.plotWidth() - width);
    if (right + width <= measure.plotWidth()) {
      place = LaneWords.Place.BELOW_RIGHT;
      at = right;
    } else if (left >= 0) {
      place = LaneWords.Place.BELOW_LEFT;
      at = left;
    }
    List<LaneWords> block = new ArrayList<>();
    for (String line : lines) {
      block.add(words(line, at, width(line, label.loss()), label.anchor(), place, label.loss()));
      place = LaneWords.Place.BELOW; // Only the first line points at what it belongs to.
    }
    return block;
  }

  private boolean isFree(List<List<LaneWords>> rows, int row, List<LaneWords> block) {
    int reach = measure.pointer() + measure.gap();
    for (int i = 0; i < block.size() && row + i < rows.size(); i++) {
      int left = block.get(i).left() - reach;
      int right = block.get(i).right() + reach;
      if (rows.get(row + i).stream().anyMatch(words -> words.overlaps(left, right))) {
        return false;
      }
    }
    return true;
  }

  private int width(String text, boolean loss) {
    return loss ? measure.loudWidth(text) : measure.width(text);
  }

  private static LaneWords words(
      String text, int left, int width, int anchor, LaneWords.Place place, boolean loss) {
    return new LaneWords(text, left, left + width, anchor, place, loss);
  }
}
