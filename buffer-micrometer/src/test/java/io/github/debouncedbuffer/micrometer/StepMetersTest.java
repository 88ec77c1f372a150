// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.micrometer;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.debouncedbuffer.BatchInfo;
import io.github.debouncedbuffer.OnLate;
import io.github.debouncedbuffer.RetryPolicy;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Each step of a real buffer is counted once, where it belongs. */
class StepMetersTest {

  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final Chat chat =
      new Chat(
          registry,
          builder ->
              builder
                  .retry(RetryPolicy.DEFAULT.jitter(0).maxAttempts(2))
                  .handlerTimeout(Duration.ofSeconds(60)));

  @AfterEach
  void close() {
    chat.close();
  }

  private Timer timer(String name) {
    return registry.get("debounced.buffer." + name).timer();
  }

  private DistributionSummary summary(String name) {
    return registry.get("debounced.buffer." + name).summary();
  }

  @Test
  void aBurst_isSubmittedClaimedAndCompleted_andTimed() {
    chat.thenTake(20).submit("1").advance(5).submit("2").submit("3").advance(100);
    assertThat(chat.count("submitted", "status", "accepted")).isEqualTo(3);
    assertThat(chat.count("submitted", "status", "duplicate")).isZero();
    assertThat(chat.count("late")).isZero();
    assertThat(chat.count("claimed")).isEqualTo(1);
    assertThat(chat.count("completed")).isEqualTo(1);
    assertThat(chat.count("backed.off")).isZero();
    assertThat(summary("batch.size").totalAmount()).isEqualTo(3);
    assertThat(summary("batch.size").count()).isEqualTo(1);
    assertThat(summary("attempts").totalAmount()).isEqualTo(1);
    assertThat(timer("wait").totalTime(SECONDS)).isEqualTo(35);
    assertThat(timer("handling").totalTime(SECONDS)).isEqualTo(20);
    assertThat(timer("lateness").count()).isEqualTo(1);
    assertThat(timer("lateness").totalTime(SECONDS)).isZero();
  }

  @Test
  void aMessageThatComesDuringARun_isLateAndAccepted() {
    chat.then((c, batch) -> c.advance(7).submit("2").advance(13)).submit("1").advance(100);
    assertThat(chat.count("late")).isEqualTo(1);
    assertThat(chat.count("submitted", "status", "accepted")).isEqualTo(2);
    assertThat(chat.count("completed")).isEqualTo(2);
  }

  @Test
  void aDuplicate_isCountedAsOne() {
    chat.test.submit(Chat.KEY, "id-1", "1");
    chat.test.submit(Chat.KEY, "id-1", "1");
    chat.advance(0);
    assertThat(chat.count("submitted", "status", "accepted")).isEqualTo(1);
    assertThat(chat.count("submitted", "status", "duplicate")).isEqualTo(1);
  }

  @Test
  void aClaimThatComesLate_isTimedFromWhenItWasDue() {
    chat.submit("1");
    chat.test.clock().elapse(Duration.ofSeconds(60));
    chat.advance(0);
    assertThat(timer("lateness").totalTime(SECONDS)).isEqualTo(25);
    assertThat(timer("wait").totalTime(SECONDS)).isEqualTo(60);
  }

  @Test
  void aFailedRun_backsOff_andTheWaitIsTimedOnce() {
    chat.thenFail().submit("1").advance(100);
    assertThat(chat.count("backed.off")).isEqualTo(1);
    assertThat(chat.count("claimed")).isEqualTo(2);
    assertThat(chat.count("completed")).isEqualTo(1);
    assertThat(summary("attempts").totalAmount()).isEqualTo(2);
    assertThat(timer("wait").count()).isEqualTo(1);
    assertThat(timer("lateness").count()).isEqualTo(2);
  }

  @Test
  void aBatchThatUsedUpItsAttempts_isDeadLettered_forThatReason() {
    chat.thenFail().thenFail().submit("1").advance(100);
    assertThat(chat.count("dead.lettered", "reason", "attempts_used_up")).isEqualTo(1);
    assertThat(chat.count("dead.lettered", "reason", "unreadable")).isZero();
    assertThat(chat.count("backed.off")).isEqualTo(1);
    assertThat(chat.count("completed")).isZero();
    assertThat(summary("attempts").count()).isZero();
  }

  @Test
  void aMessageThatCannotBeRead_isDeadLettered_andTheRestIsCompleted() {
    chat.submit("broken").submit("2").advance(100);
    assertThat(chat.count("dead.lettered", "reason", "unreadable")).isEqualTo(1);
    assertThat(chat.count("dead.lettered", "reason", "attempts_used_up")).isZero();
    assertThat(summary("batch.size").totalAmount()).isEqualTo(1);
  }

  @Test
  void aRunBeyondItsTimeout_isTimedOut_andStillCompleted() {
    chat.thenTake(61).submit("1").advance(100);
    assertThat(chat.count("timed.out")).isEqualTo(1);
    assertThat(chat.count("completed")).isEqualTo(1);
  }

  @Test
  void aRunThatAnotherNodeTookOver_isCounted() {
    Instant at = Instant.EPOCH;
    chat.metrics.lost(new BatchInfo("s-1", Chat.KEY, 1, 1, at, at), at);
    assertThat(chat.count("lost")).isEqualTo(1);
  }

  @Test
  void discardedMessages_areCounted() {
    chat.submit("1").submit("2");
    chat.test.buffer().discard(Chat.KEY);
    chat.advance(0);
    assertThat(chat.count("discarded")).isEqualTo(2);
  }

  @Test
  void aSupersededRun_isCounted_andItsMessagesAreCompletedOnce() {
    try (Chat other = new Chat(registry, b -> b.onLate(OnLate.supersede()))) {
      other.then(
          (c, batch) -> {
            c.advance(7).submit("2");
            batch.ensureCurrent();
          });
      other.submit("1").advance(200);
      assertThat(other.count("superseded")).isEqualTo(1);
      assertThat(other.count("completed")).isEqualTo(1);
      assertThat(other.count("backed.off")).isZero();
      assertThat(summary("batch.size").totalAmount()).isEqualTo(2);
      other.test.failures();
    }
  }

  @Test
  void lateMessagesThatJoin_areCounted() {
    chat.then((c, batch) -> assertThat(c.submit("2").submit("3").absorbed(batch)).hasSize(3));
    chat.submit("1").advance(200);
    assertThat(chat.count("absorbed")).isEqualTo(2);
    assertThat(summary("batch.size").totalAmount()).isEqualTo(3);
  }

  @Test
  void aBatchHandledInPart_isCounted_andTheRestIsCompleted() {
    chat.then((c, batch) -> batch.acknowledge(1)).submit("1").submit("2").advance(200);
    assertThat(chat.count("completed.in.part")).isEqualTo(1);
    assertThat(chat.count("completed")).isEqualTo(1);
    assertThat(summary("batch.size").totalAmount()).isEqualTo(1);
  }

  @Test
  void withdrawnAndErasedMessages_areCounted() {
    chat.test.submit(Chat.KEY, "id-1", "1");
    chat.submit("2").submit("3");
    chat.test.buffer().withdraw(Chat.KEY, "id-1");
    chat.test.buffer().erase(Chat.KEY);
    chat.advance(0);
    assertThat(chat.count("withdrawn")).isEqualTo(1);
    assertThat(chat.count("erased")).isEqualTo(2);
  }

  @Test
  void aRunThatACrashEnds_isRecovered() {
    chat.then((c, batch) -> c.crash()).submit("1").advance(100);
    assertThat(chat.count("recovered")).isEqualTo(1);
    assertThat(chat.count("backed.off")).isEqualTo(1);
    assertThat(chat.count("completed")).isEqualTo(1);
  }

  @Test
  void aRestartInTheSameProcess_goesOnWithTheCounters_andTakesOverTheGauges() {
    chat.submit("1").advance(100).submit("2");
    chat.restart();
    assertThat(chat.gauge("pending")).isEqualTo(1);
    assertThat(chat.gauge("keys", "state", "waiting")).isEqualTo(1);
    chat.advance(100);
    assertThat(chat.count("completed")).isEqualTo(2);
    assertThat(chat.gauge("oldest.pending")).isZero();
  }

  @Test
  void aBlankNameOrANegativeAge_isRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> DebouncedBufferMetrics.of(registry, " "))
        .withMessageContaining("blank");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> DebouncedBufferMetrics.of(registry, "a", Duration.ofNanos(-1), Runnable::run))
        .withMessageContaining("statsAge");
  }
}
