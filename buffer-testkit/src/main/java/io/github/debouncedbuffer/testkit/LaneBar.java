// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.testkit;

/**
 * A span with its place.
 *
 * @param label what stands in the bar or near it, may be empty
 */
record LaneBar(LaneSpan span, String label, int left, int right) {
  static LaneBar of(LaneSpan span, TimelineAxis axis, TimelineMeasure measure) {
    int left = Math.min(axis.x(span.from()), measure.plotWidth() - measure.shortestBar());
    int right = Math.max(axis.x(span.to()), left + measure.shortestBar());
    return new LaneBar(span, TextSafe.visible(span.label()), left, right);
  }

  boolean overlaps(int from, int to) {
    return left < to && from < right;
  }

  /** Width that this bar needs to have its label inside. */
  int wanted(TimelineMeasure measure) {
    return measure.width(label) + 2 * measure.inset(span.kind());
  }
}
