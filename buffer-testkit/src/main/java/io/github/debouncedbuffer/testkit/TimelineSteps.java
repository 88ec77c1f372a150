// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.testkit;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The steps a reader counts in without thinking, from a nanosecond to more than all of time. */
final class TimelineSteps {
  static final List<Duration> NICE = nice();

  private static final Duration MICRO = Duration.ofNanos(1_000);
  private static final Duration MILLI = Duration.ofMillis(1);
  private static final Duration TENTH = Duration.ofMillis(100);
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final Duration HOUR = Duration.ofHours(1);
  private static final Duration DAY = Duration.ofDays(1);

  private TimelineSteps() {}

  /** Time at a tick, in the unit that fits the step: a step of 10 s gives 0 s, 10 s, 20 s. */
  static String label(Duration step, long tick) {
    if (step.compareTo(MICRO) < 0) {
      return tick * step.toNanos() + " ns";
    }
    if (step.compareTo(MILLI) < 0) {
      return tick * step.dividedBy(MICRO) + " us";
    }
    if (step.compareTo(TENTH) < 0) {
      return tick * step.toMillis() + " ms";
    }
    if (step.compareTo(SECOND) < 0) {
      long tenths = tick * step.dividedBy(TENTH);
      String sign = tenths < 0 ? "-" : "";
      return sign + Math.abs(tenths) / 10 + "." + Math.abs(tenths) % 10 + " s";
    }
    if (step.compareTo(MINUTE) < 0) {
      return tick * step.toSeconds() + " s";
    }
    if (step.compareTo(HOUR) < 0) {
      return tick * step.toMinutes() + " min";
    }
    return step.compareTo(DAY) < 0 ? tick * step.toHours() + " h" : tick * step.toDays() + " d";
  }

  /** A time span in words, for tallies: 350 ms, 61 s, 61.5 s, 12 min 5 s. */
  static String spoken(Duration duration) {
    if (duration.compareTo(SECOND) < 0) {
      return duration.toMillis() + " ms";
    }
    if (duration.toMinutes() >= 5) {
      int seconds = duration.toSecondsPart();
      return duration.toMinutes() + " min" + (seconds == 0 ? "" : " " + seconds + " s");
    }
    int tenths = duration.toMillisPart() / 100;
    return duration.toSeconds() + (tenths == 0 ? "" : "." + tenths) + " s";
  }

  private static List<Duration> nice() {
    List<Duration> steps = new ArrayList<>();
    for (long nanos = 1; nanos < 1_000_000_000; nanos *= 10) {
      for (int digit : new int[] {1, 2, 5}) {
        steps.add(Duration.ofNanos(nanos * digit));
      }
    }
    for (int seconds : new int[] {1, 2, 5, 10, 20, 30}) {
      steps.add(Duration.ofSeconds(seconds));
    }
    for (int minutes : new int[] {1, 2, 5, 10, 20, 30, 60, 120, 360, 720}) {
      steps.add(Duration.ofMinutes(minutes));
    }
    for (long days = 1; days <= 1_000_000_000_000L; days *= 10) {
      for (int digit : new int[] {1, 2, 5}) {
        steps.add(Duration.ofDays(days * digit));
      }
    }
    return List.copyOf(steps);
  }
}
