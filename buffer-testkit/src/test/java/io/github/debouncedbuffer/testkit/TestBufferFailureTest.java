// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.debouncedbuffer.RetryPolicy;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** What a test sees of a handler that fails. */
class TestBufferFailureTest extends TestBufferGiven {

  private static final IOException DOWN = new IOException("AI down");

  private static void fail(Object batch) throws IOException {
    throw DOWN;
  }

  @Test
  void twoFailures_thenSuccess_areThreeCallsWithTheSameBatchId() {
    given(TestBufferFailureTest::fail, TestBufferFailureTest::fail);
    test.submit(KEY, "a");
    test.advance(seconds(60));
    assertThat(test.runs()).extracting(run -> run.batch().attempt()).containsExactly(1, 2, 3);
    assertThat(test.runs()).extracting(run -> run.batch().id()).containsOnly(id(0)).hasSize(3);
    assertThat(test.runs().get(0).failure()).contains(DOWN);
    assertThat(test.runs().get(0).endedAt()).contains(test.runs().get(0).at());
    assertThat(test.runs().get(2).failure()).isEmpty();
    assertThat(test.failures()).containsExactly(DOWN, DOWN);
    test.close();
  }

  private String id(int run) {
    return test.runs().get(run).batch().id();
  }

  @Test
  void close_tellsOfFailuresThatTheTestDidNotAskFor_once() {
    var assertion = new AssertionError("in the handler");
    given(
        TestBufferFailureTest::fail,
        batch -> {
          throw assertion;
        });
    test.submit(KEY, "a");
    test.advance(seconds(60));
    assertThatThrownBy(test::close)
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("2")
        .hasMessageContaining("AI down")
        .hasCause(DOWN)
        .hasSuppressedException(assertion);
    test.close();
    assertThatThrownBy(() -> test.submit(KEY, "b")).hasMessageContaining("closed");
  }

  @Test
  void close_tellsOfAFailureThatCameAfterTheTestHadAsked() {
    given(TestBufferFailureTest::fail, TestBufferFailureTest::fail);
    test.submit(KEY, "a");
    test.advance(seconds(35));
    assertThat(test.failures()).hasSize(1);
    test.advance(seconds(10));
    assertThatThrownBy(test::close).isInstanceOf(AssertionError.class).hasMessageContaining("1");
  }

  @Test
  void close_tellsOfAFailureThatCameWhileItWaited() {
    givenAsync(
        batch -> test.after(seconds(20)).thenCompose(x -> CompletableFuture.failedFuture(DOWN)));
    test.submit(KEY, "a");
    test.advance(seconds(35));
    assertThatThrownBy(test::close).isInstanceOf(AssertionError.class).hasCause(DOWN);
  }

  @Test
  void close_cancelsARunThatGoesOnTooLong_whichIsNoFailure() {
    givenAsync(batch -> test.after(Duration.ofHours(1)));
    test.submit(KEY, "a");
    test.advance(seconds(35));
    test.close();
    assertThat(test.runs().get(0).endedAt()).isPresent();
    assertThat(test.runs().get(0).failure()).isEmpty();
  }

  @Test
  void anAsyncHandler_failsByItsStage_byThrowing_andByReturningNull() {
    givenAsync(
        batch -> test.after(seconds(1)).thenCompose(x -> CompletableFuture.failedFuture(DOWN)),
        batch -> {
          throw DOWN;
        },
        batch -> null);
    test.submit(KEY, "a");
    test.advance(seconds(60));
    assertThat(test.failures().subList(0, 2)).containsExactly(DOWN, DOWN);
    assertThat(test.failures().get(2)).isInstanceOf(NullPointerException.class);
    assertThat(test.runs()).hasSize(4);
    test.close();
  }

  @Test
  void aDeadLetter_isSeenAtTheBuffer() {
    givenSetUp(b -> b.retry(RetryPolicy.DEFAULT.maxAttempts(1)), TestBufferFailureTest::fail);
    test.submit(KEY, "a");
    test.advance(seconds(35));
    assertThat(test.buffer().deadLetters(0, 10)).hasSize(1);
    assertThat(test.failures()).containsExactly(DOWN);
  }

  @Test
  void aStageEndedByAnotherThread_isTold_forNobodyHearsIt() throws Exception {
    CompletableFuture<Void> answered = new CompletableFuture<>();
    givenAsync(batch -> answered);
    test.submit(KEY, "a");
    test.advance(seconds(35));
    Thread other = new Thread(() -> answered.complete(null), "http-client");
    other.start();
    other.join();
    assertThatThrownBy(() -> test.advance(seconds(1)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("http-client");
    assertThatThrownBy(test::close).isInstanceOf(IllegalStateException.class);
  }
}
