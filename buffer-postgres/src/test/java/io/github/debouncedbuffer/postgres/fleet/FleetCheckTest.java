// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.postgres.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.debouncedbuffer.postgres.fleet.Line.Kind;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The check of journals sees each fault that it is there for: one line is altered at a time. */
class FleetCheckTest {

  private static final String KEY = "wati:50370000001";
  private static final long LEASE = 100;

  private final List<Line> journal = new ArrayList<>();
  private final List<Trouble> troubles = new ArrayList<>();

  private void accepted(long at, String id, long sequence) {
    journal.add(new Line(at, "n1", Kind.ACCEPTED, KEY, id, 0, List.of(sequence)));
  }

  private void told(long at, String node, Kind kind, String batch, int attempt, Long... messages) {
    journal.add(new Line(at, node, kind, KEY, batch, attempt, List.of(messages)));
  }

  /** A run that asks 10 after its begin, is told that it is current, and returns at 30. */
  private void run(long at, String node, String batch, int attempt, Long... messages) {
    told(at, node, Kind.BEGUN, batch, attempt, messages);
    told(at + 10, node, Kind.ASKS, batch, attempt, messages);
    told(at + 11, node, Kind.CURRENT, batch, attempt, messages);
    told(at + 30, node, Kind.RETURNS, batch, attempt, messages);
  }

  private List<String> broken() {
    return FleetCheck.check(journal, troubles, LEASE).broken();
  }

  @Test
  void aGoodJournal_breaksNothing() {
    accepted(1, "a", 1);
    accepted(2, "b", 2);
    run(10, "n1", "s-1", 1, 1L, 2L);
    accepted(20, "c", 3);
    run(50, "n2", "s-2", 1, 3L);
    assertThat(broken()).isEmpty();
  }

  @Test
  void aMessageThatNobodyHandled_isLost() {
    accepted(1, "a", 1);
    told(10, "n1", Kind.BEGUN, "s-1", 1, 1L);
    told(20, "n1", Kind.THROWS, "s-1", 1, 1L);
    assertThat(broken()).singleElement().asString().startsWith("G2");
  }

  @Test
  void aSequenceThatCameTwice_isSeen() {
    accepted(1, "a", 1);
    accepted(2, "b", 1);
    run(10, "n1", "s-1", 1, 1L);
    assertThat(broken()).singleElement().asString().startsWith("G10");
  }

  @Test
  void aTakeOverWithinALeaseOfThePass_isTwoAtOnce_thoughTheFirstWasKilled() {
    told(10, "n1", Kind.BEGUN, "s-1", 1, 1L);
    told(20, "n1", Kind.ASKS, "s-1", 1, 1L);
    told(21, "n1", Kind.CURRENT, "s-1", 1, 1L);
    troubles.add(new Trouble("n1", 25, Long.MAX_VALUE));
    run(119, "n2", "s-1", 2, 1L);
    assertThat(broken()).singleElement().asString().startsWith("G4");
  }

  @Test
  void aTakeOverAfterTheLease_isNot() {
    told(10, "n1", Kind.BEGUN, "s-1", 1, 1L);
    told(20, "n1", Kind.ASKS, "s-1", 1, 1L);
    told(21, "n1", Kind.CURRENT, "s-1", 1, 1L);
    troubles.add(new Trouble("n1", 25, Long.MAX_VALUE));
    run(120, "n2", "s-1", 2, 1L);
    assertThat(broken()).isEmpty();
  }

  @Test
  void twoRunsOfOneKeyInOneNode_areTwoAtOnce() {
    told(10, "n1", Kind.BEGUN, "s-1", 1, 1L);
    run(15, "n1", "s-2", 1, 2L);
    told(50, "n1", Kind.RETURNS, "s-1", 1, 1L);
    assertThat(broken()).anySatisfy(line -> assertThat(line).startsWith("G4"));
  }

  @Test
  void aPassAfterTheTakeOver_isSeen() {
    told(10, "n1", Kind.BEGUN, "s-1", 1, 1L);
    troubles.add(new Trouble("n1", 12, 300));
    run(200, "n2", "s-1", 2, 1L);
    told(301, "n1", Kind.ASKS, "s-1", 1, 1L);
    told(302, "n1", Kind.CURRENT, "s-1", 1, 1L);
    assertThat(broken()).singleElement().asString().startsWith("G10");
  }

  /** It has claimed, was stopped before it called the handler, and goes on when all is over. */
  @Test
  void aBeginLongAfterTheTakeOver_isNoMoreThanFenced_ifItsNodeWasStopped() {
    run(200, "n2", "s-1", 2, 1L);
    run(240, "n2", "s-2", 1, 2L);
    told(245, "n1", Kind.BEGUN, "s-1", 1, 1L);
    told(260, "n1", Kind.ASKS, "s-1", 1, 1L);
    told(261, "n1", Kind.STALE, "s-1", 1, 1L);
    assertThat(broken()).singleElement().asString().startsWith("G9").endsWith("n1");
    troubles.add(new Trouble("n2", 100, 250));
    assertThat(broken()).singleElement().asString().startsWith("G9");
    troubles.add(new Trouble("n1", 100, 244));
    assertThat(broken()).isEmpty();
  }

  @Test
  void aBeginLongAfterTheTakeOver_thatPasses_isSeen() {
    troubles.add(new Trouble("n1", 100, 244));
    run(200, "n2", "s-1", 2, 1L);
    run(245, "n1", "s-1", 1, 1L);
    assertThat(broken()).singleElement().asString().startsWith("G10");
  }

  @Test
  void aRepetition_needsACause() {
    run(10, "n1", "s-1", 1, 1L);
    run(50, "n2", "s-1", 2, 1L);
    assertThat(broken()).singleElement().asString().startsWith("G9");
    troubles.add(new Trouble("n1", 42, Long.MAX_VALUE));
    assertThat(broken()).isEmpty();
  }

  @Test
  void aBatchBeforeTheOneBeforeItWasHandled_isOutOfOrder() {
    told(10, "n1", Kind.BEGUN, "s-1", 1, 1L);
    told(20, "n1", Kind.THROWS, "s-1", 1, 1L);
    run(30, "n1", "s-2", 1, 2L);
    run(70, "n1", "s-1", 2, 1L);
    assertThat(broken()).singleElement().asString().startsWith("G5");
  }

  @Test
  void otherMembersOnTheNextAttempt_orAnAttemptThatWas_areSeen() {
    told(10, "n1", Kind.BEGUN, "s-1", 1, 1L);
    told(20, "n1", Kind.THROWS, "s-1", 1, 1L);
    run(30, "n2", "s-1", 1, 1L, 2L);
    assertThat(broken()).hasSize(2).allSatisfy(line -> assertThat(line).startsWith("G11"));
  }

  @Test
  void aLine_readsBackAsItWasWritten() {
    Line line = new Line(7, "n1", Kind.BEGUN, KEY, "s-1", 2, List.of(3L, 4L));
    assertThat(Line.parse(line.inWords())).isEqualTo(line);
    Line empty = new Line(7, "n1", Kind.RETURNS, KEY, "s-1", 2, List.of());
    assertThat(Line.parse(empty.inWords())).isEqualTo(empty);
  }
}
