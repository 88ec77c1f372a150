// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A row of bars and signs that do not overlap in time, before its words are placed. */
final class LaneTrack {
  private final TimelineMeasure measure;
  private final List<LaneBar> bars = new ArrayList<>();
  private final List<LaneSign> signs = new ArrayList<>();

  LaneTrack(TimelineMeasure measure) {
    this.measure = measure;
  }

  void add(LaneBar bar) {
    bars.add(bar);
  }

  void add(LaneSign sign) {
    signs.add(sign);
  }

  boolean isFree(int left, int right) {
    return bars.stream().noneMatch(bar -> bar.overlaps(left, right))
        && signs.stream().noneMatch(sign -> sign.overlaps(left, right));
  }

  /** Whether a bar begins with this arrival or ends with this outcome. */
  boolean touches(LaneSign sign) {
    return switch (sign.kind()) {
      case RECEIVED, LATE ->
          bars.stream().anyMatch(bar -> isLife(bar) && bar.span().from().equals(sign.firstAt()));
      case ANSWERED, DEAD ->
          bars.stream().anyMatch(bar -> isLife(bar) && bar.span().to().equals(sign.lastAt()));
      case LOST -> false;
    };
  }

  /**
   * Whether this arrival happens while a bar goes on, and has no note that wants room beside it.
   */
  boolean surrounds(LaneSign sign) {
    return sign.kind().isArrival()
        && sign.note().isEmpty()
        && bars.stream()
            .anyMatch(
                bar -> isLife(bar) && bar.left() <= sign.left() && sign.right() <= bar.right());
  }

  /** Whether there is room for this sign: every bar under it remains to be seen. */
  boolean carries(LaneSign sign) {
    return signs.stream().noneMatch(other -> other.overlaps(sign.left(), sign.reach()))
        && under(sign)
            .allMatch(
                bar ->
                    LaneGap.widest(bar, signs, sign).width() >= 2 * measure.shortestBar()
                        && isLife(bar));
  }

  /** Whether every bar under this sign can have its label inside, with the sign there too. */
  boolean keepsLabels(LaneSign sign) {
    return under(sign)
        .allMatch(bar -> LaneGap.widest(bar, signs, sign).width() >= bar.wanted(measure));
  }

  private Stream<LaneBar> under(LaneSign sign) {
    return bars.stream().filter(bar -> bar.overlaps(sign.left(), sign.reach()));
  }

  /** This row, and the rows below it that hold what did not fit in. */
  List<LaneRow> rows() {
    LaneLabels labels = new LaneLabels(measure, bars, signs);
    bars.forEach(labels::add);
    signs.forEach(labels::add);
    List<LaneRow> rows = new ArrayList<>();
    rows.add(new LaneRow(true, List.copyOf(bars), List.copyOf(signs), labels.within()));
    for (List<LaneWords> words : labels.below()) {
      rows.add(new LaneRow(false, List.of(), List.of(), words));
    }
    return rows;
  }

  private static boolean isLife(LaneBar bar) {
    return bar.span().kind() != LaneSpan.Kind.NOTE;
  }
}
