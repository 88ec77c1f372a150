// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class TimelineRecorderTest {
  private static final Instant T = Instant.parse("2026-01-01T00:00:00Z");

  private final LaneRecorder lane = Lane.named("key", "");

  @Test
  void tally_countsMessagesByLabel() {
    lane.mark(LaneMark.Kind.RECEIVED, T, "1").mark(LaneMark.Kind.LATE, at(3), "2");
    lane.mark(LaneMark.Kind.RECEIVED, at(4), "3").mark(LaneMark.Kind.DEAD, at(9), "3");
    lane.mark(LaneMark.Kind.ANSWERED, at(5), "1").mark(LaneMark.Kind.ANSWERED, at(50), "1");
    lane.unansweredAreLost();
    assertThat(lane.lane().tally()).isEqualTo(new LaneTally(3, 1, 1, 1, Duration.ofSeconds(5)));
  }

  @Test
  void verdict_isTheWorst() {
    assertThat(new LaneTally(4, 1, 1, 1, null).headline()).isEqualTo("1 LOST");
    assertThat(new LaneTally(4, 1, 1, 0, null).headline()).isEqualTo("1 dead-lettered");
    assertThat(new LaneTally(4, 1, 0, 0, null).headline()).isEqualTo("3 still waiting");
    assertThat(new LaneTally(4, 4, 0, 0, null).headline()).isEqualTo("0 lost");
  }

  @Test
  void laneOfArrivalsOnly_hasNoTally() {
    assertThat(lane.mark(LaneMark.Kind.RECEIVED, T, "1").lane().tally()).isNull();
  }

  @Test
  void laneThatLosesAll_hasATally() {
    Lane drawn = lane.mark(LaneMark.Kind.RECEIVED, T, "1").unansweredAreLost().lane();
    assertThat(drawn.tally()).isEqualTo(new LaneTally(1, 0, 0, 1, null));
  }

  @Test
  void runThatFails_isDrawnAsFailed() {
    lane.begin(LaneSpan.Kind.RUN, T, "1").endAs(LaneSpan.Kind.RUN, at(4), LaneSpan.Kind.FAILED);
    assertThat(lane.lane().spans())
        .containsExactly(new LaneSpan(LaneSpan.Kind.FAILED, T, at(4), "1"));
  }

  @Test
  void spanStillOpen_endsWithThePictureAndSaysSo() {
    lane.begin(LaneSpan.Kind.RUN, T, "run");
    assertThat(lane.lane(at(9)).spans())
        .isEqualTo(List.of(new LaneSpan(LaneSpan.Kind.RUN, T, at(9), "run (still open)")));
    assertThatThrownBy(lane::lane).hasMessageContaining("still open");
  }

  @Test
  void endWithoutBegin_isRefused() {
    lane.begin(LaneSpan.Kind.WINDOW, T, "");
    assertThatThrownBy(() -> lane.end(LaneSpan.Kind.RUN, at(1)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("key: no RUN is open");
  }

  @Test
  void spanThatEndsBeforeItBegins_isRefused() {
    assertThatThrownBy(() -> lane.span(LaneSpan.Kind.RUN, at(1), T, ""))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static Instant at(long seconds) {
    return T.plusSeconds(seconds);
  }
}
