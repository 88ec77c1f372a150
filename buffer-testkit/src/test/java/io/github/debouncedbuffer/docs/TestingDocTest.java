// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.debouncedbuffer.Batch;
import io.github.debouncedbuffer.Codec;
import io.github.debouncedbuffer.WindowPolicy;
import io.github.debouncedbuffer.testkit.TestBuffer;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** The code of docs/testing.md, which {@link TestingPageTest} holds to be the same. */
class TestingDocTest {

  // docs: bot
  interface Ai {
    String answer(String question) throws IOException;
  }

  /** The bot under test: it asks an AI, and sends the answer. */
  record Bot(Ai ai, List<String> sent) {
    void answer(Batch<String> batch) throws IOException {
      sent.add(ai.answer(String.join(" ", batch.payloads())));
    }
  }

  static final String CUSTOMER = "wati:50370000001";
  static final WindowPolicy WINDOW = WindowPolicy.fixed(Duration.ofSeconds(35));

  // docs: end

  @Nested
  // docs: burst
  class BurstTest {
    @Test
    void aBurst_isAnsweredOnce() {
      Bot bot = new Bot(question -> "Yes.", new ArrayList<>());
      try (var test = TestBuffer.of(Codec.utf8(), WINDOW, bot::answer)) {
        test.submit(CUSTOMER, "wamid.1", "Hello.");
        test.advance(Duration.ofSeconds(10));
        test.submit(CUSTOMER, "wamid.2", "Do you have a room?");
        test.submit(CUSTOMER, "wamid.3", "For Saturday?");
        test.submit(CUSTOMER, "wamid.3", "For Saturday?"); // the provider delivers it again
        test.advance(Duration.ofSeconds(25));

        List<String> burst = List.of("Hello.", "Do you have a room?", "For Saturday?");
        assertEquals(List.of(burst), test.batches(), test::timeline);
        assertEquals(List.of("Yes."), bot.sent());
      }
    }
  }

  // docs: end

  @Nested
  // docs: late
  class LateMessageTest {
    private final Bot bot = new Bot(this::slowAi, new ArrayList<>());
    private final TestBuffer<String> test = TestBuffer.of(Codec.utf8(), WINDOW, bot::answer);

    private String slowAi(String question) {
      test.advance(Duration.ofSeconds(20)); // so long it takes
      return "Answer to: " + question;
    }

    @AfterEach
    void close() {
      test.close();
    }

    @Test
    void aMessageDuringTheAnswer_isAnsweredNext() {
      test.submit(CUSTOMER, "A room?");
      test.after(Duration.ofSeconds(42), () -> test.submit(CUSTOMER, "With a view?"));
      test.advance(Duration.ofSeconds(77)); // due 35 s after it came

      assertEquals(
          List.of("Answer to: A room?", "Answer to: With a view?"), bot.sent(), test::timeline);
    }
  }

  // docs: end

  @Nested
  // docs: late-async
  class LateMessageAsyncTest {
    private final List<String> sent = new ArrayList<>();
    private final TestBuffer<String> test = TestBuffer.ofAsync(Codec.utf8(), WINDOW, this::answer);

    private CompletionStage<?> answer(Batch<String> batch) {
      return test.after(Duration.ofSeconds(20)).thenRun(() -> sent.addAll(batch.payloads()));
    }

    @AfterEach
    void close() {
      test.close();
    }

    @Test
    void aMessageDuringTheAnswer_isAnsweredNext() {
      test.submit(CUSTOMER, "A room?");
      test.advance(Duration.ofSeconds(42)); // the AI has been thinking for 7 s
      test.submit(CUSTOMER, "With a view?");
      assertEquals(List.of(), sent);
      test.advance(Duration.ofSeconds(55)); // 77 + 20

      assertEquals(List.of("A room?", "With a view?"), sent, test::timeline);
    }
  }

  // docs: end

  @Nested
  // docs: failure
  class FailureTest {
    private final Bot bot = new Bot(this::unreliableAi, new ArrayList<>());
    private final TestBuffer<String> test = TestBuffer.of(Codec.utf8(), WINDOW, bot::answer);
    private int calls;

    private String unreliableAi(String question) throws IOException {
      calls++;
      if (calls == 1) {
        throw new IOException("the AI is down");
      }
      if (calls == 2) {
        test.crash(); // the process dies here: the bot gets no answer and sends none
      }
      return "Yes.";
    }

    @AfterEach
    void close() {
      test.close(); // would throw if the test below had not asked for the failures
    }

    @Test
    void aFailure_andThenACrash_bringTheSameBatchAgain() {
      test.submit(CUSTOMER, "A room?");
      test.advance(Duration.ofMinutes(1));

      var attempts = test.runs().stream().map(run -> run.batch().attempt()).toList();
      var ids = test.runs().stream().map(run -> run.batch().id()).distinct().toList();
      assertEquals(List.of(1, 2, 3), attempts, test::timeline);
      assertEquals(1, ids.size()); // what the bot does outside can use it as idempotency key
      assertEquals("the AI is down", test.failures().get(0).getMessage());
      assertEquals(List.of("Yes."), bot.sent());
    }
  }
  // docs: end
}
