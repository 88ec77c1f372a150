// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.examples.nodes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class TwoNodesTest {

  @Test
  void oneNodeIsKilled_theOtherTakesOver_nothingIsLost_andNoTwoAnswerAtOnce() throws Exception {
    var printed = new ByteArrayOutputStream();
    Board board = new TwoNodes(new PrintStream(printed, true, StandardCharsets.UTF_8)).run();
    String text = printed.toString(StandardCharsets.UTF_8);
    assertThat(board.accepted()).as(text).isGreaterThanOrEqualTo(80);
    assertThat(board.unanswered()).as(text).isZero();
    assertThat(board.atOnce()).as(text).isZero();
    assertThat(board.answersOf()).as(text).containsOnlyKeys("A", "B");
    assertThat(text).contains("node A is killed while it answers wati:").contains("lost 0");
  }
}
