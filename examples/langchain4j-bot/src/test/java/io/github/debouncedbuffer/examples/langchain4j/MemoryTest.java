// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.examples.langchain4j;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import java.util.List;
import org.junit.jupiter.api.Test;

class MemoryTest {

  private static final ChatMessage RULES = SystemMessage.from("Be brief.");
  private static final ChatMessage A = UserMessage.from("a");
  private static final ChatMessage B = UserMessage.from("b");
  private static final ChatMessage ANSWER = AiMessage.from("yes");
  private static final ToolExecutionRequest REQUEST =
      ToolExecutionRequest.builder().id("1").name("rooms").build();
  private static final ChatMessage ASKS_TOOL = AiMessage.from(REQUEST);
  private static final ChatMessage TOOL_SAYS = ToolExecutionResultMessage.from(REQUEST, "2");

  @Test
  void turns_areIntact() {
    assertThat(isIntact(A, ANSWER, B, ANSWER)).isTrue();
    assertThat(isIntact(UserMessage.from("a\nb"), ANSWER)).isTrue();
  }

  @Test
  void anythingElse_isCorrupted() {
    assertThat(isIntact(A, B, ANSWER, ANSWER)).isFalse();
    assertThat(isIntact(A, ANSWER, B)).isFalse();
    assertThat(isIntact(A, ANSWER, ANSWER, B)).isFalse();
    assertThat(isIntact(A, B, B, ANSWER)).as("no answer to a").isFalse();
    assertThat(isIntact(A, ANSWER, ANSWER, ANSWER, B, ANSWER)).as("no question").isFalse();
    assertThat(isIntact(A, ANSWER)).as("b is missing").isFalse();
    assertThat(isIntact(A, ANSWER, A, ANSWER, B, ANSWER)).as("a is there twice").isFalse();
    assertThat(isIntact(B, ANSWER, A, ANSWER)).as("out of order").isFalse();
  }

  @Test
  void answered_endsBetweenTurns() {
    assertThat(answered()).isEmpty();
    assertThat(answered(A)).isEmpty();
    assertThat(answered(RULES, A)).containsExactly(RULES);
    assertThat(answered(RULES, A, ANSWER)).containsExactly(RULES, A, ANSWER);
    assertThat(answered(A, ANSWER, B)).containsExactly(A, ANSWER);
    assertThat(answered(A, ANSWER, B, ASKS_TOOL, TOOL_SAYS)).containsExactly(A, ANSWER);
  }

  private static boolean isIntact(ChatMessage... messages) {
    return new Memory(List.of(messages)).isIntact(List.of("a", "b"));
  }

  private static List<ChatMessage> answered(ChatMessage... messages) {
    return new Memory(List.of(messages)).answered().messages();
  }
}
