// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimelineAxisTest {
  private static final Instant T = Instant.parse("2026-01-01T00:00:00Z");

  @ParameterizedTest
  @CsvSource({
    "PT0.000000001S, PT0.000000001S",
    "PT0.004S, PT0.0005S",
    "PT5S, PT0.5S",
    "PT122S, PT10S",
    "PT1H, PT5M",
    "P1D, PT2H",
    "P30D, P2D"
  })
  void step_isANiceOne(Duration span, Duration step) {
    assertThat(axis(T.plus(span)).step()).isEqualTo(step);
  }

  @Test
  void labels_haveTheUnitOfTheStep() {
    assertThat(labels(axis(T.plusSeconds(40)))).startsWith("0 s", "5 s").endsWith("40 s");
    assertThat(labels(axis(T.plusMillis(4000)))).startsWith("0.0 s", "0.5 s").endsWith("4.0 s");
    assertThat(labels(axis(T.plusMillis(60)))).startsWith("0 ms", "5 ms").endsWith("60 ms");
    assertThat(labels(axis(T.plusSeconds(3600)))).startsWith("0 min", "5 min").endsWith("60 min");
  }

  @Test
  void whatIsBeforeTheOrigin_isLeftOfZero() {
    TimelineAxis axis = axis(T.minusMillis(1), T.plusSeconds(100));
    assertThat(labels(axis)).startsWith("-10 s", "0 s", "10 s");
    assertThat(axis.x(T.minusMillis(1))).isBetween(axis.x(-1L), axis.x(0L));
  }

  @Test
  void allOfTime_hasAnAxis() {
    TimelineAxis axis = axis(Instant.MIN, Instant.MAX);
    assertThat(axis.x(Instant.MIN)).isNotNegative();
    assertThat(axis.x(Instant.MAX)).isLessThanOrEqualTo(new SvgMeasure().plotWidth());
  }

  @Test
  void nothingAtAll_hasAnAxis() {
    assertThat(labels(axis())).startsWith("0 ns");
  }

  private static TimelineAxis axis(Instant... instants) {
    LaneRecorder lane = Lane.named("", "");
    for (Instant at : instants) {
      lane.mark(LaneMark.Kind.RECEIVED, at, "1");
    }
    return TimelineAxis.of(new Timeline("", "", T, List.of(lane.lane())), new SvgMeasure());
  }

  private static List<String> labels(TimelineAxis axis) {
    return LongStream.rangeClosed(axis.first(), axis.last()).mapToObj(axis::label).toList();
  }
}
