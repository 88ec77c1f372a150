// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.testkit;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * One mark, or several of a kind that would cover each other, with its place.
 *
 * @param text what stands in the sign
 * @param note what stands beside it, may be empty
 * @param marks what it stands for, in order of time
 * @param reach right end of what the sign claims: of a lost message that is the end of the plot
 */
record LaneSign(
    LaneMark.Kind kind,
    String text,
    String note,
    List<LaneMark> marks,
    int left,
    int right,
    int reach) {

  static LaneSign of(List<LaneMark> marks, TimelineAxis axis, TimelineMeasure measure) {
    LaneMark.Kind kind = marks.get(0).kind();
    String note =
        marks.stream()
            .map(LaneMark::note)
            .filter(Objects::nonNull)
            .map(TextSafe::visible)
            .distinct()
            .collect(Collectors.joining("; "));
    if (kind == LaneMark.Kind.LOST) {
      note = note.isEmpty() ? "never answered" : "never answered: " + note;
    }
    String text = shortened(marks.stream().map(mark -> TextSafe.visible(mark.label())).toList());
    if (measure.signWidth(kind, text) > measure.plotWidth() / 3) {
      note = note.isEmpty() ? text : text + ": " + note;
      text = marks.size() == 1 ? "*" : marks.size() + "x";
    }
    int from = axis.x(marks.get(0).at());
    int to = axis.x(marks.get(marks.size() - 1).at());
    int plain = measure.signWidth(kind, text);
    int width = Math.max(plain, measure.signWidth(kind, "") / 2 + to - from);
    int left = clamp(measure.signLeft(kind, (from + to) / 2, width), measure.plotWidth() - width);
    int right = left + width;
    int reach = kind == LaneMark.Kind.LOST ? measure.plotWidth() : right;
    return new LaneSign(kind, text, note, List.copyOf(marks), left, right, reach);
  }

  Instant firstAt() {
    return marks.get(0).at();
  }

  Instant lastAt() {
    return marks.get(marks.size() - 1).at();
  }

  boolean overlaps(int from, int to) {
    return left < to && from < reach;
  }

  /** 1, 2, 3 becomes 1-3; other labels are listed. */
  private static String shortened(List<String> labels) {
    for (int i = 0; i < labels.size(); i++) {
      if (!labels.get(0).matches("[0-9]{1,9}")
          || !labels.get(i).equals(Integer.toString(Integer.parseInt(labels.get(0)) + i))) {
        return String.join(",", labels);
      }
    }
    return labels.size() < 3
        ? String.join(",", labels)
        : labels.get(0) + "-" + labels.get(labels.size() - 1);
  }

  private static int clamp(int value, int most) {
    return Math.max(0, Math.min(value, most));
  }
}
