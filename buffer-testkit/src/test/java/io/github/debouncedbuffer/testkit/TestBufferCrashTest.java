// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** The process dies, and what is left of it. */
class TestBufferCrashTest extends TestBufferGiven {

  private final List<String> sent = new ArrayList<>();

  @Test
  void crash_duringAnAsyncAnswer_theSameBatchComesAgain_andTheOldAnswerIsHeardOfNoMore() {
    givenAsync(
        batch -> test.after(seconds(20)).thenRun(() -> sent.add("from the dead")),
        batch -> test.after(seconds(20)).thenRun(() -> sent.add("again")));
    test.submit(KEY, "a");
    test.advance(seconds(40));
    test.crash();
    test.advance(seconds(100));
    assertThat(test.batches()).containsExactly(List.of("a"), List.of("a"));
    assertThat(began()).containsExactly(35L, 41L);
    assertThat(test.runs()).extracting(run -> run.batch().attempt()).containsExactly(1, 2);
    assertThat(test.runs().get(1).batch().id()).isEqualTo(test.runs().get(0).batch().id());
    assertThat(test.runs())
        .extracting(run -> run.endedAt().isPresent())
        .containsExactly(false, true);
    assertThat(sent).containsExactly("again");
    test.close();
  }

  @Test
  void aStageOfTheHandlersOwn_thatFailsAfterTheCrash_isNoFailure() {
    CompletableFuture<Void> answer = new CompletableFuture<>();
    givenAsync(batch -> answer);
    test.submit(KEY, "a");
    test.advance(seconds(35));
    test.crash();
    answer.completeExceptionally(new Exception("from the dead"));
    test.advance(seconds(10));
    assertThat(test.runs()).hasSize(2);
    test.close();
  }

  @Test
  void crash_byTheHandler_endsIt_andTheSameBatchComesAgain() {
    given(
        batch -> {
          sent.add("begun");
          test.crash();
          sent.add("from the dead");
        },
        batch -> sent.add("again"));
    test.submit(KEY, "a");
    test.advance(seconds(60));
    assertThat(sent).containsExactly("begun", "again");
    assertThat(test.runs()).extracting(run -> run.batch().attempt()).containsExactly(1, 2);
    assertThat(test.runs().get(0).endedAt()).isEmpty();
    test.close();
  }

  @Test
  void crash_whileAHandlerLetsTimePass_endsItWhenThatTimeHasPassed_andThePlanGoesOn() {
    given(
        batch -> {
          test.advance(seconds(20));
          sent.add("from the dead");
        });
    test.submit(KEY, "a");
    test.after(
        seconds(40),
        () -> {
          test.crash();
          test.submit(KEY, "b");
        });
    test.advance(seconds(100));
    assertThat(sent).isEmpty();
    assertThat(test.batches()).containsExactly(List.of("a"), List.of("a"), List.of("b"));
    assertThat(began()).containsExactly(35L, 41L, 75L);
    test.close();
  }

  @Test
  void aDeadHandler_thatCaughtItsEnd_canNeitherSubmitNorCrashTheNextProcess() {
    given(
        batch -> {
          assertThatThrownBy(test::crash).isInstanceOf(Error.class);
          assertThatThrownBy(() -> test.submit(KEY, "from the dead")).isInstanceOf(Error.class);
          var next = test.buffer();
          assertThatThrownBy(test::crash).isInstanceOf(Error.class);
          assertThat(test.buffer()).isSameAs(next);
          sent.add("so it was");
        });
    test.submit(KEY, "a");
    test.advance(seconds(60));
    assertThat(sent).containsExactly("so it was");
    assertThat(test.batches()).containsExactly(List.of("a"), List.of("a"));
  }

  @Test
  void crash_keepsDueTimesAndIds_andNothingOfTheDeadProcessActs() {
    given();
    var dead = test.buffer();
    test.submit(KEY, "wamid.1", "a");
    test.advance(seconds(10));
    test.crash();
    assertThat(test.submit(KEY, "wamid.1", "a").isDuplicate()).isTrue();
    assertThat(test.clock().readyTasks()).isZero();
    test.advance(seconds(60));
    assertThat(test.batches()).containsExactly(List.of("a"));
    assertThat(began()).containsExactly(35L);
    assertThat(dead.submitAsync(KEY, null, "b").toCompletableFuture()).isNotDone();
    test.advance(seconds(60));
    assertThat(test.batches()).hasSize(1);
  }

  @Test
  void elapseBeforeACrash_isADowntime_andWhatIsOverdueIsHandedOverAtOnce() {
    given();
    test.submit(KEY, "a");
    test.clock().elapse(Duration.ofMinutes(10));
    test.crash();
    assertThat(began()).containsExactly(600L);
  }

  @Test
  void whatIsPlanned_outlivesACrash() {
    given();
    test.after(seconds(5), () -> test.submit(KEY, "a"));
    test.crash();
    test.advance(seconds(40));
    assertThat(began()).containsExactly(40L);
  }

  @Test
  void aSubmitThatWaitsWhileTheProcessDies_throws() {
    given();
    test.after(Duration.ZERO, test::crash); // ready now, so it runs while the next line waits
    assertThatThrownBy(() -> test.submit(KEY, "a"))
        .isInstanceOf(Error.class)
        .hasMessageContaining("may be stored or not");
  }
}
