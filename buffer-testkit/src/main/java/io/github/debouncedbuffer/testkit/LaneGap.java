// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.testkit;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What signs leave free of a bar. */
record LaneGap(int left, int right) {
  /** The widest part of the bar that no sign covers; the leftmost if there are several. */
  static LaneGap widest(LaneBar bar, List<LaneSign> signs, @Nullable LaneSign another) {
    List<LaneSign> covering =
        Stream.concat(signs.stream(), Stream.ofNullable(another))
            .filter(sign -> sign.overlaps(bar.left(), bar.right()))
            .sorted(Comparator.comparingInt(LaneSign::left))
            .toList();
    LaneGap widest = new LaneGap(bar.left(), bar.left());
    int from = bar.left();
    for (LaneSign sign : covering) {
      widest = wider(widest, new LaneGap(from, Math.max(from, sign.left())));
      from = Math.max(from, sign.reach());
    }
    return wider(widest, new LaneGap(from, Math.max(from, bar.right())));
  }

  int width() {
    return right - left;
  }

  private static LaneGap wider(LaneGap a, LaneGap b) {
    return b.width() > a.width() ? b : a;
  }
}
