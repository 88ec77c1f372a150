// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.debouncedbuffer.FollowUp;
import io.github.debouncedbuffer.testkit.LaneTally;
import io.github.debouncedbuffer.testkit.TimelinePage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class IncidentReplayTest {

  private static List<Outcome> outcomes;

  private final Output output = new Output();
  @TempDir Path directory;

  @BeforeAll
  static void play() throws IOException {
    outcomes = IncidentReplay.play();
  }

  @ParameterizedTest
  @EnumSource
  void naiveTimer_losesMessage2(Incident incident) {
    Outcome naive = naive(incident, "Naive timer");
    assertThat(naive.lost()).containsExactly("For Saturday, two persons");
    assertThat(naive.lane().tally())
        .isEqualTo(new LaneTally(2, 1, 0, 1, Incident.WINDOW.plus(incident.aiTakes())));
  }

  @ParameterizedTest
  @EnumSource
  void firstFix_losesMessage2(Incident incident) {
    Outcome fix = naive(incident, "First fix");
    assertThat(fix.lost()).containsExactly("For Saturday, two persons");
    assertThat(fix.answers()).hasSize(1);
    assertThat(fix.lane().spans()).anyMatch(span -> span.label().equals("looks back 40 s"));
  }

  @ParameterizedTest
  @CsvSource({
    "BUG_1, FROM_ARRIVAL, 81, 107, 61",
    "BUG_1, FROM_COMPLETION, 96, 122, 76",
    "BUG_1, IMMEDIATELY, 61, 87, 61",
    "BUG_2, FROM_ARRIVAL, 77, 105, 63",
    "BUG_2, FROM_COMPLETION, 98, 126, 84",
    "BUG_2, IMMEDIATELY, 63, 91, 63",
  })
  void library_answersMessage2OnTime(
      Incident incident, FollowUp timing, int asked, int answered, int longestWait) {
    Outcome library = library(incident, timing);
    assertThat(library.answers())
        .hasSize(2)
        .element(1)
        .isEqualTo(
            new SimulatedAi.Answer(
                List.of("For Saturday, two persons"), Incident.at(asked), Incident.at(answered)));
    assertThat(library.longestWait()).contains(Duration.ofSeconds(longestWait));
    assertThat(library.lane().tally())
        .isEqualTo(new LaneTally(2, 2, 0, 0, Duration.ofSeconds(longestWait)));
    assertThat(library.startedAt()).containsExactly(Incident.START, Incident.START);
    assertThat(library.broken()).isEmpty();
  }

  @Test
  void picture_containsEveryLane() {
    TimelinePage page = IncidentReplay.page(outcomes);
    for (String picture : List.of(page.toText(), page.toSvg(), page.toHtml())) {
      assertThat(picture).contains("Bug 1", "Bug 2", "Naive timer", "First fix");
      assertThat(picture).contains("FROM_ARRIVAL", "FROM_COMPLETION", "IMMEDIATELY");
      assertThat(picture).contains("1 LOST", "Customer");
    }
  }

  @Test
  void program_writesBothFiles_andEndsWith0() throws IOException {
    Path html = directory.resolve("sub/t.html");
    Path svg = directory.resolve("t.svg");
    List<String> args = List.of(html.toString(), "--svg", svg.toString());
    assertThat(IncidentReplay.run(args, output.stream)).isZero();
    assertThat(output.text()).contains(html.toString(), svg.toString(), "for ever", "in all 6");
    assertThat(output.text().lines()).allMatch(line -> line.length() <= 100);
    assertThat(Files.readString(html)).contains("FROM_COMPLETION");
    assertThat(Files.readString(svg)).startsWith("<svg");
  }

  @Test
  void wrongArguments_endWith2() throws IOException {
    assertThat(IncidentReplay.run(List.of("--svg"), output.stream)).isEqualTo(2);
    assertThat(IncidentReplay.run(List.of("a", "b"), output.stream)).isEqualTo(2);
  }

  @Test
  void lostMessage_endsWith1() {
    Outcome good = library(Incident.BUG_1, FollowUp.FROM_ARRIVAL);
    assertThat(verdictOn(good, good.answers().subList(0, 1), good.startedAt())).isEqualTo(1);
    assertThat(output.text())
        .contains("BROKEN  BUG_1 FROM_ARRIVAL: answered [Do you have a room?]");
  }

  @Test
  void lateAnswer_endsWith1() {
    Outcome good = library(Incident.BUG_2, FollowUp.FROM_ARRIVAL);
    SimulatedAi.Answer second = good.answers().get(1);
    Instant later = second.askedAt().plusMillis(1);
    SimulatedAi.Answer late =
        new SimulatedAi.Answer(second.texts(), later, second.answeredAt().plusMillis(1));
    assertThat(verdictOn(good, List.of(good.answers().get(0), late), good.startedAt()))
        .isEqualTo(1);
  }

  @Test
  void repeatedOrSwappedAnswer_endsWith1() {
    Outcome good = library(Incident.BUG_2, FollowUp.IMMEDIATELY);
    SimulatedAi.Answer first = good.answers().get(0);
    SimulatedAi.Answer second = good.answers().get(1);
    assertThat(verdictOn(good, List.of(first, second, second), good.startedAt())).isEqualTo(1);
    assertThat(verdictOn(good, List.of(second, first), good.startedAt())).isEqualTo(1);
  }

  @Test
  void movedOriginalStart_endsWith1() {
    Outcome good = library(Incident.BUG_1, FollowUp.IMMEDIATELY);
    List<Instant> moved = List.of(Incident.START, Incident.at(46));
    assertThat(verdictOn(good, good.answers(), moved)).isEqualTo(1);
    assertThat(output.text()).contains("became [T+0, T+46], it must stay T+0");
  }

  private int verdictOn(Outcome good, List<SimulatedAi.Answer> answers, List<Instant> startedAt) {
    List<Outcome> doctored = new ArrayList<>(outcomes);
    doctored.remove(good);
    doctored.add(new Outcome(good.incident(), good.lane(), answers, good.library(), startedAt));
    return IncidentReplay.verdict(doctored, output.stream);
  }

  private static Outcome naive(Incident incident, String name) {
    return outcomes.stream()
        .filter(o -> o.incident() == incident && o.lane().name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static Outcome library(Incident incident, FollowUp timing) {
    return outcomes.stream()
        .filter(o -> o.incident() == incident && o.library().filter(timing::equals).isPresent())
        .findFirst()
        .orElseThrow();
  }
}
