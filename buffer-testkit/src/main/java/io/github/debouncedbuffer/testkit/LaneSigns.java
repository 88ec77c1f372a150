// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.testkit;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Which marks share a sign. */
final class LaneSigns {
  private static final Comparator<LaneMark> BY_TIME =
      Comparator.comparing(LaneMark::at)
          .thenComparing(LaneMark::kind)
          .thenComparing(LaneSigns::number)
          .thenComparing(LaneMark::label)
          .thenComparing(mark -> mark.note() == null ? "" : mark.note());

  private LaneSigns() {}

  /** Signs by the time of their first mark. */
  static List<LaneSign> of(List<LaneMark> marks, TimelineAxis axis, TimelineMeasure measure) {
    List<LaneMark> sorted =
        marks.stream().filter(mark -> !isShownAsLost(mark, marks)).sorted(BY_TIME).toList();
    List<LaneSign> signs = new ArrayList<>();
    for (LaneMark.Kind kind : LaneMark.Kind.values()) {
      List<LaneMark> ofKind = sorted.stream().filter(mark -> mark.kind() == kind).toList();
      addGrouped(signs, ofKind, axis, measure);
    }
    signs.sort(Comparator.comparing(LaneSign::firstAt).thenComparing(LaneSign::kind));
    return signs;
  }

  private static void addGrouped(
      List<LaneSign> signs, List<LaneMark> marks, TimelineAxis axis, TimelineMeasure measure) {
    List<LaneMark> group = new ArrayList<>();
    int right = 0;
    for (LaneMark mark : marks) {
      int left = LaneSign.of(List.of(mark), axis, measure).left();
      if (!group.isEmpty() && left >= right) {
        signs.add(LaneSign.of(group, axis, measure));
        group.clear();
      }
      group.add(mark);
      right = LaneSign.of(group, axis, measure).right();
    }
    if (!group.isEmpty()) {
      signs.add(LaneSign.of(group, axis, measure));
    }
  }

  private static boolean isShownAsLost(LaneMark mark, List<LaneMark> marks) {
    return mark.kind().isArrival()
        && marks.stream()
            .anyMatch(
                other ->
                    other.kind() == LaneMark.Kind.LOST
                        && other.at().equals(mark.at())
                        && other.label().equals(mark.label()));
  }

  /** 2 before 10. */
  private static int number(LaneMark mark) {
    return mark.label().matches("[0-9]{1,9}") ? Integer.parseInt(mark.label()) : -1;
  }
}
