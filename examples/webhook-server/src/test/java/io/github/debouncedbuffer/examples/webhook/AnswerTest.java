// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.examples.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.debouncedbuffer.Batch;
import io.github.debouncedbuffer.BatchInfo;
import io.github.debouncedbuffer.BufferListener;
import io.github.debouncedbuffer.OnLate;
import io.github.debouncedbuffer.Receipt;
import io.github.debouncedbuffer.WindowPolicy;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From the post to the answer, through the real server, buffer and file. */
class AnswerTest {

  private static final String CUSTOMER = "50370000001";

  @TempDir Path folder;

  private TestServer start(UnaryOperator<Settings> changes) throws Exception {
    return new TestServer(folder, changes);
  }

  private static String post(TestServer test, String id, String text) throws Exception {
    return test.provider.post("/wati", Posts.wati(CUSTOMER, id, text)).body();
  }

  @Test
  void aBurst_isAnsweredOnce_inOrder_perChannel() throws Exception {
    try (TestServer test = start(usual -> usual.windows(channel -> TestServer.untilFull(3)))) {
      post(test, "m1", "one");
      test.provider.post("/manychat/facebook", Posts.manyChat(CUSTOMER, "elsewhere"));
      post(test, "m2", "two");
      post(test, "m3", "three");
      TestServer.Answer answer = test.answer();
      assertThat(answer.key()).isEqualTo("wati:50370000001");
      assertThat(answer.text()).isEqualTo("one | two | three");
    }
  }

  @Test
  void aRedeliveredId_isAnsweredOnce_alsoAfterARestart() throws Exception {
    try (TestServer test = start(usual -> usual)) {
      assertThat(post(test, "m1", "one")).isEqualTo("stored");
      assertThat(test.answer().text()).isEqualTo("one");
      assertThat(post(test, "m1", "one")).isEqualTo("stored before");
      post(test, "m2", "two");
      assertThat(test.answer().text()).as("not the first again").isEqualTo("two");
    }
    try (TestServer test = start(usual -> usual)) {
      assertThat(post(test, "m1", "one")).isEqualTo("stored before");
      post(test, "m3", "three");
      assertThat(test.answer().text()).isEqualTo("three");
    }
  }

  @Test
  void theStartCommand_isNotKeptWaiting() throws Exception {
    try (TestServer test = start(usual -> usual.windows(channel -> TestServer.untilFull(100)))) {
      post(test, "m1", "one");
      post(test, "m2", "/start");
      assertThat(test.answer().text()).isEqualTo("one | /start");
    }
  }

  @Test
  void windows_areToldTheChannel() throws Exception {
    UnaryOperator<Settings> slowFacebook =
        usual -> usual.windows(channel -> TestServer.untilFull(channel.equals("facebook") ? 2 : 1));
    try (TestServer test = start(slowFacebook)) {
      test.provider.post("/manychat/facebook", Posts.manyChat(CUSTOMER, "one"));
      test.provider.post("/manychat/instagram", Posts.manyChat(CUSTOMER, "two"));
      assertThat(test.answer().key()).isEqualTo("instagram:50370000001");
      test.provider.post("/manychat/facebook", Posts.manyChat(CUSTOMER, "three"));
      assertThat(test.answer().text()).isEqualTo("one | three");
    }
  }

  /** Answers, but the first message alone not before it is let go. */
  private static final class HeldAi implements Ai {

    final CountDownLatch asked = new CountDownLatch(1);
    final CountDownLatch letGo = new CountDownLatch(1);

    @Override
    public String answer(Batch<String> batch) throws InterruptedException {
      asked.countDown();
      if (batch.payloads().equals(List.of("one"))) {
        letGo.await();
      }
      return String.join(" | ", batch.payloads());
    }
  }

  private TestServer late(HeldAi ai, OnLate onLate) throws Exception {
    WindowPolicy window = WindowPolicy.fixed(Duration.ofMillis(30));
    TestServer test = start(usual -> usual.ai(ai).onLate(onLate).windows(channel -> window));
    post(test, "m1", "one");
    assertThat(ai.asked.await(20, TimeUnit.SECONDS)).isTrue();
    post(test, "m2", "two");
    return test;
  }

  @Test
  void aLateMessage_isAnsweredNext() throws Exception {
    HeldAi ai = new HeldAi();
    try (TestServer test = late(ai, OnLate.collect())) {
      ai.letGo.countDown();
      assertThat(test.answer().text()).isEqualTo("one");
      assertThat(test.answer().text()).isEqualTo("two");
    }
  }

  @Test
  void aLateMessage_supersedes_soThatTheOldAnswerIsNotSent() throws Exception {
    HeldAi ai = new HeldAi();
    try (TestServer test = late(ai, OnLate.supersede())) {
      ai.letGo.countDown();
      assertThat(test.answer().text()).isEqualTo("one | two");
    }
  }

  @Test
  void aLateMessage_interruptsTheAi_whichIsNoFailure() throws Exception {
    try (TestServer test = late(new HeldAi(), OnLate.supersede().interrupting())) {
      assertThat(test.answer().text()).isEqualTo("one | two");
    }
  }

  @Test
  void anAiThatFails_isAskedAgain() throws Exception {
    SimulatedAi ai = new SimulatedAi(Duration.ZERO, Duration.ofMillis(1));
    ai.failNext(1);
    BlockingQueue<Throwable> causes = new LinkedBlockingQueue<>();
    BufferListener noting =
        new BufferListener() {
          @Override
          public void backedOff(BatchInfo batch, Throwable cause, Instant dueAt, Instant at) {
            causes.add(cause);
          }
        };
    try (TestServer test = start(usual -> usual.ai(ai).listener(noting))) {
      post(test, "m1", "one");
      assertThat(TestServer.next(causes)).hasMessageContaining("as it was told to");
      assertThat(test.answer().text()).isEqualTo("This answers [one]");
    }
  }

  @Test
  void metrics_countTheMessages_andTellNothingOfThem() throws Exception {
    BlockingQueue<Receipt> receipts = new LinkedBlockingQueue<>();
    BufferListener noting =
        new BufferListener() {
          @Override
          public void submitted(String key, Receipt receipt, Instant at) {
            receipts.add(receipt);
          }
        };
    try (TestServer test = start(usual -> usual.listener(noting))) {
      post(test, "m1", "PAYLOAD");
      TestServer.next(receipts); // Told after the metrics.
      assertThat(test.provider.get("/metrics").body())
          .contains(
              "debounced_buffer_submitted_messages_total{buffer=\"webhook\",status=\"accepted\"} 1.0")
          .doesNotContain(CUSTOMER, "PAYLOAD");
    }
  }
}
