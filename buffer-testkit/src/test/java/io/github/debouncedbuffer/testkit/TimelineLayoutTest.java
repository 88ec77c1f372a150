// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class TimelineLayoutTest {
  private static final Instant T = Instant.parse("2026-01-01T00:00:00Z");

  private final LaneRecorder lane = Lane.named("key", "");

  @Test
  void overlappingSpans_areOnTwoTracks() {
    lane.span(LaneSpan.Kind.RUN, at(0), at(60), "run");
    lane.span(LaneSpan.Kind.WINDOW, at(40), at(90), "window");
    assertThat(rows()).extracting(row -> row.bars().size()).containsExactly(1, 1);
  }

  @Test
  void spansThatOnlyTouch_shareATrack() {
    lane.span(LaneSpan.Kind.WINDOW, at(0), at(40), "window");
    lane.span(LaneSpan.Kind.RUN, at(40), at(90), "run");
    assertThat(rows()).extracting(row -> row.bars().size()).containsExactly(2);
  }

  @Test
  void labelWithRoom_isInsideItsBar() {
    lane.span(LaneSpan.Kind.RUN, at(0), at(90), "AI answers 1");
    assertThat(words()).extracting(LaneWords::place).containsExactly(LaneWords.Place.INSIDE);
  }

  @Test
  void labelWithoutRoom_isBelowAndWhole() {
    lane.span(LaneSpan.Kind.WINDOW, at(0), at(88), "");
    lane.span(LaneSpan.Kind.RUN, at(88), at(90), "AI answers 1");
    assertThat(words())
        .singleElement()
        .satisfies(
            words -> {
              assertThat(words.place()).isEqualTo(LaneWords.Place.BELOW_LEFT);
              assertThat(words.text()).isEqualTo("AI answers 1");
            });
  }

  @Test
  void labelsBelow_neverOverlap() {
    for (int i = 0; i < 20; i++) {
      lane.span(LaneSpan.Kind.RUN, at(i * 4), at(i * 4 + 3), "a label too long for it " + i);
    }
    assertThat(words()).hasSize(20);
    for (LaneRow row : rows()) {
      for (LaneWords one : row.words()) {
        assertThat(row.words())
            .filteredOn(other -> other.overlaps(one.left(), one.right()))
            .containsExactly(one);
      }
    }
  }

  @Test
  void labelWiderThanThePicture_isBrokenIntoLines() {
    String label = "word ".repeat(60).strip();
    lane.span(LaneSpan.Kind.RUN, at(0), at(90), label);
    assertThat(words()).hasSizeGreaterThan(1);
    assertThat(words()).allMatch(words -> words.left() >= 0 && words.right() <= 630);
    assertThat(String.join(" ", words().stream().map(LaneWords::text).toList())).isEqualTo(label);
  }

  @Test
  void marksThatWouldCoverEachOther_shareASign() {
    lane.span(LaneSpan.Kind.WINDOW, at(0), at(90), "");
    for (int i = 1; i <= 3; i++) {
      lane.mark(LaneMark.Kind.RECEIVED, at(50).plusMillis(i), Integer.toString(i));
    }
    lane.mark(LaneMark.Kind.RECEIVED, at(80), "4");
    assertThat(signs()).extracting(LaneSign::text).containsExactly("1-3", "4");
  }

  @Test
  void labelsOutOfOrder_areListedNotTakenForARange() {
    for (String label : List.of("7", "a", "9")) {
      lane.mark(LaneMark.Kind.RECEIVED, at(50), label);
    }
    assertThat(signs()).extracting(LaneSign::text).containsExactly("a,7,9");
  }

  @Test
  void signTooWide_givesItsTextToTheNote() {
    String label = "order-".repeat(30);
    lane.mark(LaneMark.Kind.RECEIVED, at(50), label);
    assertThat(signs()).extracting(LaneSign::text).containsExactly("*");
    assertThat(signs()).extracting(LaneSign::note).containsExactly(label);
  }

  @Test
  void outcome_isOnTheRunItEnds() {
    lane.span(LaneSpan.Kind.RUN, at(0), at(60), "");
    lane.span(LaneSpan.Kind.WINDOW, at(40), at(90), "");
    lane.mark(LaneMark.Kind.LATE, at(40), "2");
    lane.mark(LaneMark.Kind.ANSWERED, at(60), "1");
    assertThat(rows()).hasSize(2);
    assertThat(rows().get(0).signs()).extracting(LaneSign::text).containsExactly("1");
    assertThat(rows().get(1).signs()).extracting(LaneSign::text).containsExactly("2");
  }

  @Test
  void lostMessage_hasItsRowToTheEndForItself() {
    lane.span(LaneSpan.Kind.RUN, at(0), at(60), "");
    lane.span(LaneSpan.Kind.WINDOW, at(70), at(90), "");
    lane.mark(LaneMark.Kind.LATE, at(65), "2");
    lane.unansweredAreLost();
    assertThat(rows()).hasSize(2);
    assertThat(rows().get(1).bars()).isEmpty();
    assertThat(signs())
        .singleElement()
        .satisfies(
            sign -> {
              assertThat(sign.kind()).isEqualTo(LaneMark.Kind.LOST);
              assertThat(sign.note()).isEqualTo("never answered");
            });
  }

  @Test
  void wordsAboutALoss_areMeasuredAsBoldAsTheyAreDrawn() {
    lane.span(LaneSpan.Kind.RUN, at(0), at(90), "").mark(LaneMark.Kind.LOST, at(88), "2");
    assertThat(words())
        .singleElement()
        .satisfies(
            words -> {
              int bold = SvgFont.boldWidth("never answered", SvgMeasure.LABEL_SIZE);
              assertThat(words.right() - words.left()).isEqualTo(bold);
              assertThat(words.right()).isLessThan(signs().get(0).left());
            });
  }

  @Test
  void arrivalThatIsAlsoMarkedLost_isDrawnOnce() {
    lane.mark(LaneMark.Kind.LATE, at(65), "2");
    lane.mark(LaneMark.Kind.LOST, at(65), "2", "forgotten");
    assertThat(signs()).extracting(LaneSign::kind).containsExactly(LaneMark.Kind.LOST);
  }

  private static Instant at(long seconds) {
    return T.plusSeconds(seconds);
  }

  private List<LaneRow> rows() {
    Lane drawn = lane.lane();
    SvgMeasure measure = new SvgMeasure();
    TimelineAxis axis = TimelineAxis.of(new Timeline("", "", T, List.of(drawn)), measure);
    return LaneLayout.rows(drawn, axis, measure);
  }

  private List<LaneWords> words() {
    return rows().stream().flatMap(row -> row.words().stream()).toList();
  }

  private List<LaneSign> signs() {
    return rows().stream().flatMap(row -> row.signs().stream()).toList();
  }
}
