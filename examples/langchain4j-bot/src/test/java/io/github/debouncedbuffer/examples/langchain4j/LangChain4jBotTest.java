// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.examples.langchain4j;

import static io.github.debouncedbuffer.examples.langchain4j.LangChain4jBot.CUSTOMER;
import static io.github.debouncedbuffer.examples.langchain4j.LangChain4jBot.SENT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class LangChain4jBotTest {

  private static final ChatModel MODEL = new FakeModel();

  private final ByteArrayOutputStream output = new ByteArrayOutputStream();
  private final PrintStream out = new PrintStream(output, true, StandardCharsets.UTF_8);

  @Test
  void withoutTheBuffer_theMemoryIsCorrupted() throws InterruptedException {
    Memory memory = WithoutBuffer.play(MODEL, CUSTOMER, List.of("A room?", "For two."));
    assertThat(memory.lines())
        .containsExactly(
            "user: A room?",
            "user: For two.",
            "ai:   This answers: A room?",
            "ai:   This answers: For two.");
    assertThat(memory.isIntact(List.of("A room?", "For two."))).isFalse();
  }

  /** Which messages share a batch is the machine's affair here; ChatBotTest fixes it. */
  @Test
  void withTheBuffer_theMemoryIsIntact() {
    Memory memory = WithBuffer.play(MODEL, CUSTOMER, SENT);
    assertThat(memory.isIntact(SENT)).as("%s", memory.lines()).isTrue();
    assertThat(memory.lines().get(0)).doesNotContain("With breakfast"); // late: in the follow-up
  }

  @Test
  void program_printsBothMemories_andEndsWith0() throws InterruptedException {
    assertThat(LangChain4jBot.run(MODEL, out)).isZero();
    assertThat(printed().lines())
        .containsSubsequence(
            "Without the buffer, the chat memory is corrupted:",
            "  user: " + SENT.get(0),
            "  user: " + SENT.get(1),
            "With the buffer, the chat memory is intact:");
  }

  @Test
  void program_takesAnyModel() throws InterruptedException {
    ChatModel other =
        new ChatModel() {
          @Override
          public ChatResponse doChat(ChatRequest request) {
            return ChatResponse.builder().aiMessage(AiMessage.from("Yes.")).build();
          }
        };
    assertThat(LangChain4jBot.run(other, out)).isZero();
    assertThat(printed().lines())
        .filteredOn("  ai:   Yes."::equals)
        .hasSizeGreaterThan(SENT.size());
  }

  @Test
  void intactWithoutTheBuffer_endsWith1() {
    Memory intact = WithBuffer.play(MODEL, CUSTOMER, SENT);
    assertThat(LangChain4jBot.verdict(intact, intact, out)).isEqualTo(1);
    assertThat(printed()).contains("Without the buffer, the chat memory is intact:");
  }

  @Test
  void corruptedWithTheBuffer_endsWith1() throws InterruptedException {
    Memory corrupted = WithoutBuffer.play(MODEL, CUSTOMER, SENT);
    assertThat(LangChain4jBot.verdict(corrupted, corrupted, out)).isEqualTo(1);
    assertThat(printed()).contains("With the buffer, the chat memory is corrupted:");
  }

  private String printed() {
    return output.toString(StandardCharsets.UTF_8);
  }
}
