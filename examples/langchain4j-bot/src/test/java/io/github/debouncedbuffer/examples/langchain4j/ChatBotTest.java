// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.examples.langchain4j;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.store.memory.chat.InMemoryChatMemoryStore;
import io.github.debouncedbuffer.Codec;
import io.github.debouncedbuffer.OnLate;
import io.github.debouncedbuffer.SupersededException;
import io.github.debouncedbuffer.WindowPolicy;
import io.github.debouncedbuffer.testkit.TestBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The handler in a real buffer, on a virtual clock. */
class ChatBotTest {

  private static final String CUSTOMER = "wati:50370000001";
  private static final Duration WINDOW = Duration.ofSeconds(35);

  private final InMemoryChatMemoryStore memories = new InMemoryChatMemoryStore();
  private final List<String> sent = new ArrayList<>();
  private final List<Runnable> thoughts = new ArrayList<>();
  private final List<Runnable> sendings = new ArrayList<>();
  private final ChatBot bot =
      new ChatBot(new HeldModel(new FakeModel(), question -> next(thoughts)), memories, this::send);
  private final TestBuffer<String> test =
      TestBuffer.of(Codec.utf8(), WindowPolicy.fixed(WINDOW), bot::answer);

  @AfterEach
  void close() {
    test.close();
  }

  @Test
  void burst_isOneTurn() {
    test.submit(CUSTOMER, "A room?");
    test.submit(CUSTOMER, "For two.");
    test.advance(WINDOW);
    assertThat(lines()).containsExactly("user: A room? / For two.", answers("A room? / For two."));
    assertThat(sent).containsExactly("This answers: A room?\nFor two.");
  }

  @Test
  void messageDuringTheModelCall_isTheNextTurn() {
    thoughts.add(
        () -> {
          test.submit(CUSTOMER, "With a view?");
          test.advance(WINDOW.plusSeconds(1)); // overdue, and the model is still at work
          assertThat(test.batches()).hasSize(1);
        });
    test.submit(CUSTOMER, "A room?");
    test.advance(WINDOW);
    assertThat(test.batches()).containsExactly(List.of("A room?"), List.of("With a view?"));
    assertThat(lines())
        .containsExactly(
            "user: A room?", answers("A room?"), "user: With a view?", answers("With a view?"));
  }

  @Test
  void modelThatFailsOnce_leavesNoQuestionBehind() {
    thoughts.add(ChatBotTest::fail);
    test.submit(CUSTOMER, "A room?");
    test.advance(WINDOW);
    assertThat(test.failures()).singleElement().hasFieldOrPropertyWithValue("message", "down");
    assertThat(lines()).isEmpty();
    test.submit(CUSTOMER, "With a view?");
    test.advance(WINDOW);
    assertThat(test.batches())
        .containsExactly(List.of("A room?"), List.of("A room?"), List.of("With a view?"));
    assertThat(lines())
        .containsExactly(
            "user: A room?", answers("A room?"), "user: With a view?", answers("With a view?"));
  }

  @Test
  void answerThatCouldNotBeSent_isForgotten_andAskedForAgain() {
    sendings.add(ChatBotTest::fail);
    test.submit(CUSTOMER, "A room?");
    test.advance(WINDOW.multipliedBy(2));
    assertThat(test.failures()).hasSize(1);
    assertThat(lines()).containsExactly("user: A room?", answers("A room?"));
    assertThat(sent).hasSize(1);
  }

  @Test
  void deadLetteredBatch_leavesTheMemoryToTheNext() {
    for (int attempt = 1; attempt <= 5; attempt++) {
      thoughts.add(ChatBotTest::fail);
    }
    test.submit(CUSTOMER, "A room?");
    test.advance(WINDOW.multipliedBy(2));
    assertThat(test.failures()).hasSize(5);
    test.submit(CUSTOMER, "Hello?");
    test.advance(WINDOW);
    assertThat(lines()).containsExactly("user: Hello?", answers("Hello?"));
  }

  @Test
  void questionThatAKilledProcessLeftInADurableMemory_isForgotten() {
    memories.updateMessages(CUSTOMER, List.of(UserMessage.from("A room?")));
    test.submit(CUSTOMER, "A room?"); // as the batch comes again after the restart
    test.advance(WINDOW);
    assertThat(lines()).containsExactly("user: A room?", answers("A room?"));
  }

  @Test
  void supersededAnswer_isForgotten_andItsQuestionAskedTogetherWithTheLateOne() {
    try (var superseding =
        TestBuffer.of(
            Codec.utf8(),
            WindowPolicy.fixed(WINDOW),
            bot::answer,
            builder -> builder.onLate(OnLate.supersede()))) {
      thoughts.add(() -> superseding.submit(CUSTOMER, "For two."));
      superseding.submit(CUSTOMER, "A room?");
      superseding.advance(WINDOW.multipliedBy(2));
      assertThat(superseding.failures()).hasExactlyElementsOfTypes(SupersededException.class);
    }
    assertThat(lines()).containsExactly("user: A room? / For two.", answers("A room? / For two."));
    assertThat(sent).hasSize(1);
  }

  @Test
  void textThatLooksLikeATemplate_isNone() {
    test.submit(CUSTOMER, "A room for {{name}}? {{text}}");
    test.advance(WINDOW);
    assertThat(lines()).first().isEqualTo("user: A room for {{name}}? {{text}}");
  }

  private void send(String customer, String answer) {
    next(sendings);
    sent.add(answer);
  }

  private static void next(List<Runnable> planned) {
    if (!planned.isEmpty()) {
      planned.remove(0).run();
    }
  }

  private static void fail() {
    throw new IllegalStateException("down");
  }

  private List<String> lines() {
    return Memory.of(memories, CUSTOMER).lines();
  }

  private static String answers(String question) {
    return "ai:   This answers: " + question;
  }
}
