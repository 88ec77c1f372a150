// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;

class TimelineOutputTest {
  private static final Instant T = Instant.parse("2026-01-01T00:00:00Z");
  private static final String NASTY =
      "<script>&\"'\u0000\u0007\u202E\uFFFE\uD800]]> 予約 e\u0301 \uD83D\uDE00";

  @Test
  void svg_isWellFormedWhateverTheLabels() throws Exception {
    Document document = parse(page(NASTY).toSvg());
    assertThat(document.getDocumentElement().getAttribute("role")).isEqualTo("img");
    assertThat(document.getElementsByTagName("title").item(0).getTextContent())
        .contains("<script>&");
    assertThat(document.getElementsByTagName("desc").item(0).getTextContent()).contains("1 LOST");
  }

  @Test
  void svg_begins_withAWhiteRectangle() throws Exception {
    Document document = parse(page("").toSvg());
    var first = document.getElementsByTagName("rect").item(0).getAttributes();
    assertThat(first.getNamedItem("fill").getNodeValue()).isEqualTo("#fff");
    assertThat(first.getNamedItem("width").getNodeValue()).isEqualTo("960");
  }

  @Test
  void html_hasNoScriptAndNothingFromOutside() throws Exception {
    String html = page(NASTY).toHtml();
    parse(html.substring(html.indexOf("<html")));
    assertThat(html.replace("xmlns=\"http://www.w3.org/2000/svg\"", ""))
        .doesNotContain("<script", "http", "url(", "@import", "src=", "href=");
  }

  @Test
  void characterThatCannotBeShown_isEscapedVisibly() {
    assertThat(page(NASTY).toText()).contains("\\u0000\\u0007\\u202e\\ufffe\\ud800").contains("予約");
  }

  @Test
  void text_isAtMost100ColumnsWide() {
    String wide = "予約".repeat(200);
    for (String label : List.of("", "x", NASTY, "word ".repeat(99), "w".repeat(999), wide)) {
      assertThat(page(label).toText().lines())
          .allSatisfy(line -> assertThat(TextColumns.of(line)).isLessThanOrEqualTo(100));
    }
  }

  @Test
  void text_cutsNoLabel() {
    String label = "abcdefghij".repeat(30);
    String drawn = page(label).toText().replaceAll("[^a-j]", "");
    assertThat(drawn).contains(label);
  }

  @Test
  void text_looksLikeThis() {
    LaneRecorder lane = Lane.named("Naive", "").span(LaneSpan.Kind.WINDOW, T, at(35), "window");
    lane.mark(LaneMark.Kind.RECEIVED, T, "1").span(LaneSpan.Kind.RUN, at(35), at(61), "AI");
    lane.mark(LaneMark.Kind.ANSWERED, at(61), "1").mark(LaneMark.Kind.LATE, at(46), "2");
    Timeline timeline = new Timeline("", "", T, List.of(lane.unansweredAreLost().lane()));
    assertThat(timeline.toText())
        .isEqualTo(
            """
            [===] waits for more messages   [###] handler works on a batch
            (1) message arrives   ✓1 answered   ✗1 never answered

            T+       0 s          10 s        20 s         30 s         40 s         50 s        60 s       70 s
                     |------------|-----------|------------|------------|------------|-----------|------------|
            Naive    (1)================= window ================][############# AI ##############]✓1
                                                                               ✗2 never answered - - - - - - - -
                     ✗ 2 received, 1 answered, 1 LOST
            """);
  }

  @Test
  void sameEvents_giveTheSameBytes_whateverOrderAndLocale() {
    TimelinePage page = page("label");
    String text = page.toText();
    String html = page.toHtml();
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
      assertThat(shuffled(page).toText()).isEqualTo(text);
      assertThat(shuffled(page).toHtml()).isEqualTo(html);
    } finally {
      Locale.setDefault(before);
    }
  }

  private static TimelinePage shuffled(TimelinePage page) {
    Random random = new Random(1);
    List<Timeline> timelines = new ArrayList<>();
    for (Timeline timeline : page.timelines()) {
      List<Lane> lanes = new ArrayList<>();
      for (Lane lane : timeline.lanes()) {
        List<LaneSpan> spans = new ArrayList<>(lane.spans());
        List<LaneMark> marks = new ArrayList<>(lane.marks());
        Collections.shuffle(spans, random);
        Collections.shuffle(marks, random);
        lanes.add(new Lane(lane.name(), lane.subtitle(), spans, marks, lane.tally()));
      }
      timelines.add(new Timeline(timeline.title(), timeline.sentence(), timeline.origin(), lanes));
    }
    return new TimelinePage(page.title(), page.sentence(), timelines);
  }

  private static TimelinePage page(String label) {
    LaneRecorder source = Lane.named("Customer " + label, label);
    LaneRecorder lane = Lane.named(label, label);
    for (int i = 0; i < 8; i++) {
      LaneSpan.Kind kind = LaneSpan.Kind.values()[i % 5];
      lane.span(kind, at(i * 9), at(i * 9 + 5 + i), label);
      LaneMark.Kind mark = LaneMark.Kind.values()[i % 5];
      lane.mark(mark, at(i * 9 + 2), i + label, i % 2 == 0 ? null : label);
      source.mark(LaneMark.Kind.RECEIVED, at(i * 9 + 2), Integer.toString(i), label);
    }
    lane.span(LaneSpan.Kind.NOTE, at(20), at(100), label);
    List<Lane> lanes = List.of(source.lane(), lane.lane());
    Timeline timeline = new Timeline("Section " + label, label, T, lanes);
    return new TimelinePage(label.isEmpty() ? "Title" : label, label, List.of(timeline, timeline));
  }

  private static Instant at(long seconds) {
    return T.plusSeconds(seconds);
  }

  private static Document parse(String xml) throws Exception {
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(xml)));
  }
}
