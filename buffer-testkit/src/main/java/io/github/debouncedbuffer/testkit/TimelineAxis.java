// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.testkit;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/**
 * The time axis: the smallest nice step whose labels fit, in whole steps from before the first
 * event to after the last.
 *
 * @param step time between two ticks
 * @param first the first tick in steps from the origin, negative if something was earlier than that
 * @param last the last tick, greater than the first
 * @param left the first tick's place
 * @param width from the first tick to the last
 */
record TimelineAxis(Instant origin, Duration step, long first, long last, int left, int width) {

  static TimelineAxis of(Timeline timeline, TimelineMeasure measure) {
    Duration early = Duration.ZERO;
    Duration late = Duration.ofNanos(1);
    for (Instant at : instants(timeline)) {
      Duration since = Duration.between(timeline.origin(), at);
      early = since.compareTo(early) < 0 ? since : early;
      late = since.compareTo(late) > 0 ? since : late;
    }
    int width = measure.plotWidth() - 2 * measure.margin();
    for (Duration step : TimelineSteps.NICE) {
      if (seconds(late.minus(early)) / seconds(step) > width) {
        continue; // More ticks than pixels: no need to count them, they might not fit in a long.
      }
      long first = floor(early, step);
      long last = -floor(late.negated(), step);
      TimelineAxis axis =
          new TimelineAxis(timeline.origin(), step, first, last, measure.margin(), width);
      if (axis.fits(measure)) {
        return axis;
      }
    }
    throw new IllegalArgumentException("no axis holds both " + early + " and " + late);
  }

  /** Place of an instant in the plot. */
  int x(Instant at) {
    double steps = seconds(Duration.between(origin, at)) / seconds(step);
    return left + (int) Math.round((steps - first) / (last - first) * width);
  }

  /** Place of a tick in the plot. */
  int x(long tick) {
    return left + (int) Math.round((double) (tick - first) / (last - first) * width);
  }

  String label(long tick) {
    return TimelineSteps.label(step, tick);
  }

  private boolean fits(TimelineMeasure measure) {
    int widest = Math.max(measure.tickWidth(label(first)), measure.tickWidth(label(last)));
    return (double) widest * (last - first) <= width;
  }

  private static long floor(Duration duration, Duration step) {
    long steps = duration.dividedBy(step);
    return step.multipliedBy(steps).compareTo(duration) > 0 ? steps - 1 : steps;
  }

  private static double seconds(Duration duration) {
    return duration.getSeconds() + duration.getNano() / 1e9;
  }

  private static List<Instant> instants(Timeline timeline) {
    return timeline.lanes().stream()
        .flatMap(
            lane ->
                Stream.concat(
                    lane.spans().stream().flatMap(span -> Stream.of(span.from(), span.to())),
                    lane.marks().stream().map(LaneMark::at)))
        .toList();
  }
}
