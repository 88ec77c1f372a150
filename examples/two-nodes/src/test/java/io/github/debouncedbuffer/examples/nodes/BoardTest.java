// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.examples.nodes;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BoardTest {

  private static final String KEY = "wati:50370000001";

  private final Board board = new Board();

  @Test
  void twoNodesThatAnswerOneKeyAtATime_areSeen() {
    board.asked("A", KEY);
    board.asked("B", KEY);
    assertThat(board.atOnce()).isEqualTo(1);
  }

  @Test
  void oneAfterTheOther_orAfterTheOtherIsGone_isNotAtOnce() {
    board.asked("A", KEY);
    board.answered("A", KEY, List.of());
    board.asked("B", KEY);
    assertThat(board.gone("B")).containsExactly(KEY);
    board.asked("A", KEY);
    assertThat(board.atOnce()).isZero();
  }

  @Test
  void whatNobodyAnswered_isCounted_andWhatWasAnsweredTwice() {
    board.sent("m1", KEY, "A");
    board.sent("m2", KEY, "A");
    board.accepted("m1");
    board.answered("A", KEY, List.of("m1"));
    board.answered("B", KEY, List.of("m1"));
    assertThat(board.accepted()).isEqualTo(1);
    assertThat(board.unanswered()).isEqualTo(1);
    assertThat(board.twice()).isEqualTo(1);
    assertThat(board.unconfirmed("A")).isEqualTo(Map.of("m2", KEY));
    assertThat(board.answersOf()).isEqualTo(Map.of("A", 1, "B", 1));
  }
}
