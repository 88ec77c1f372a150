// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.examples.webhook.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.debouncedbuffer.testkit.Lane;
import io.github.debouncedbuffer.testkit.LaneMark;
import io.github.debouncedbuffer.testkit.LaneSpan;
import io.github.debouncedbuffer.testkit.TimelineListener;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class PictureTest {

  private static final Instant T = Instant.parse("2026-01-05T09:00:00Z");

  @Test
  void beforeAnythingHasHappened_itIsEmpty() {
    assertThat(new Picture(new TimelineListener()).svg(T)).startsWith("<svg").contains("</svg>");
  }

  @Test
  void whatCameBefore_isLeftOut_withWhatBecameOfIt() {
    Lane lane =
        Lane.named("WATI", "50370000001")
            .mark(LaneMark.Kind.RECEIVED, T, "1")
            .span(LaneSpan.Kind.RUN, T, T.plusSeconds(20), "answers 1")
            .mark(LaneMark.Kind.LATE, T.plusSeconds(10), "2")
            .mark(LaneMark.Kind.ANSWERED, T.plusSeconds(20), "1")
            .span(LaneSpan.Kind.RUN, T.plusSeconds(20), T.plusSeconds(30), "answers 2")
            .mark(LaneMark.Kind.ANSWERED, T.plusSeconds(30), "2")
            .lane();
    Lane recent = Picture.since(T.plusSeconds(10), lane);
    assertThat(recent.marks()).extracting(LaneMark::label).containsExactly("2", "2");
    assertThat(recent.spans()).extracting(LaneSpan::label).containsExactly("answers 2");
    assertThat(recent.tally().received()).isOne();
    assertThat(recent.tally().answered()).isOne();
    assertThat(Picture.since(T, lane).marks()).hasSize(4);
  }
}
