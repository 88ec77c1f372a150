// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.debouncedbuffer.DebouncedBuffer;
import io.github.debouncedbuffer.WindowPolicy;
import io.github.debouncedbuffer.memory.InMemoryBufferStore;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class TestBufferTest extends TestBufferGiven {

  @Test
  void aBurst_isOneCall_whenItsWindowIsDue() {
    given();
    test.submit(KEY, "a");
    test.advance(seconds(10));
    test.submit(KEY, "b");
    test.submit(KEY, "c");
    test.advance(Duration.ofMillis(24_999));
    assertThat(test.batches()).isEmpty();
    test.advance(Duration.ofMillis(1));
    assertThat(test.batches()).containsExactly(List.of("a", "b", "c"));
    assertThat(began()).containsExactly(35L);
    test.close();
  }

  @Test
  void batches_ofAKey_areItsOwn() {
    given();
    test.submit(KEY, "a");
    test.advance(seconds(1));
    test.submit("other", "o");
    test.advance(seconds(35));
    test.submit(KEY, "b");
    test.advance(seconds(35));
    assertThat(test.batches()).containsExactly(List.of("a"), List.of("o"), List.of("b"));
    assertThat(test.batches(KEY)).containsExactly(List.of("a"), List.of("b"));
    assertThat(test.batches("none")).isEmpty();
  }

  @Test
  void aHandlerThatAdvances_takesThatLong_andWhatComesMeanwhileIsAnsweredNext() {
    given(batch -> test.advance(seconds(20)));
    test.submit(KEY, "first");
    test.after(seconds(42), () -> assertThat(test.submit(KEY, "late").late()).isTrue());
    test.advance(seconds(77));
    assertThat(test.batches()).containsExactly(List.of("first"), List.of("late"));
    assertThat(began()).containsExactly(35L, 77L);
    assertThat(test.runs().get(0).endedAt()).contains(test.runs().get(0).at().plusSeconds(20));
    test.close();
  }

  @Test
  void anAsyncHandlerThatReturnsAfter_takesThatLong_andWhatComesMeanwhileIsAnsweredNext() {
    givenAsync(batch -> test.after(seconds(20)));
    test.submit(KEY, "first");
    test.advance(seconds(42));
    assertThat(test.runs().get(0).endedAt()).isEmpty();
    test.submit(KEY, "late");
    test.advance(seconds(35));
    assertThat(test.batches()).containsExactly(List.of("first"), List.of("late"));
    assertThat(began()).containsExactly(35L, 77L);
    assertThat(test.runs().get(0).endedAt()).contains(test.runs().get(0).at().plusSeconds(20));
    test.close();
  }

  @Test
  void aHandlerMaySubmitToItsOwnKey() {
    given(batch -> assertThat(test.submit(KEY, "from inside").late()).isTrue());
    test.submit(KEY, "a");
    test.advance(seconds(70));
    assertThat(test.batches()).containsExactly(List.of("a"), List.of("from inside"));
    test.close();
  }

  @Test
  void aRedeliveredId_isADuplicate_andNoSecondCall() {
    given();
    assertThat(test.submit(KEY, "wamid.1", "a").isDuplicate()).isFalse();
    assertThat(test.submit(KEY, "wamid.1", "a").isDuplicate()).isTrue();
    test.advance(seconds(35));
    assertThat(test.submit(KEY, "wamid.1", "a").isDuplicate()).isTrue();
    test.advance(seconds(35));
    assertThat(test.batches()).containsExactly(List.of("a"));
  }

  @Test
  void aFullWindow_isHandedOver_beforeSubmitReturns() {
    givenSetUp(builder -> builder.window(WINDOW.maxBatch(2)));
    test.submit(KEY, "a");
    test.submit(KEY, "b");
    assertThat(test.batches()).containsExactly(List.of("a", "b"));
  }

  @Test
  void advance_byZero_doesWhatIsReady() {
    given();
    test.submit(KEY, "a");
    test.buffer().flush(KEY);
    test.advance(Duration.ZERO);
    assertThat(test.batches()).containsExactly(List.of("a"));
  }

  @Test
  void setup_mayBeThatOfProduction_forStoreHandlerClockAndExecutorsStayTheTests() {
    var production = new InMemoryBufferStore();
    givenSetUp(
        builder ->
            builder
                .window(WindowPolicy.fixed(seconds(5)))
                .store(production)
                .clock(VirtualClock.at(Instant.EPOCH))
                .executor(task -> {})
                .commitExecutor(task -> {})
                .handler(batch -> assertThat(batch).as("of production").isNull()));
    test.submit(KEY, "a");
    test.advance(seconds(5));
    assertThat(test.batches()).containsExactly(List.of("a"));
    assertThat(test.failures()).isEmpty();
  }

  @Test
  void restart_keepsDueTimes_andGivesAnotherBufferOverTheSameData() {
    given();
    test.submit(KEY, "a");
    test.advance(seconds(10));
    DebouncedBuffer<String> before = test.buffer();
    test.restart();
    assertThat(test.buffer()).isNotSameAs(before);
    test.advance(seconds(25));
    assertThat(test.batches()).containsExactly(List.of("a"));
    assertThat(began()).containsExactly(35L);
  }

  @Test
  void restart_waitsForARun_andOneThatItCancelsIsNeitherFailedNorCounted() {
    givenAsync(batch -> test.after(seconds(20)), batch -> test.after(Duration.ofHours(1)));
    test.submit(KEY, "quick");
    test.advance(seconds(35));
    test.restart();
    assertThat(second(test.clock().now())).isEqualTo(55);
    test.submit(KEY, "slow");
    test.advance(seconds(35));
    test.restart();
    test.advance(seconds(35));
    assertThat(test.batches()).containsExactly(List.of("quick"), List.of("slow"), List.of("slow"));
    assertThat(test.runs()).extracting(run -> run.batch().attempt()).containsExactly(1, 1, 1);
    assertThat(test.runs()).allMatch(run -> run.endedAt().isPresent());
    test.close();
    assertThat(test.failures()).isEmpty();
  }

  @Test
  void restart_byAHandler_isRefused_evenIfPlanned() {
    List<Throwable> refused = new ArrayList<>();
    Runnable restart = () -> assertThatThrownBy(test::restart).satisfies(refused::add);
    given(
        batch -> {
          restart.run();
          test.after(seconds(1), restart);
          test.advance(seconds(2));
        });
    test.submit(KEY, "a");
    test.advance(seconds(35));
    assertThat(refused).hasSize(2).allMatch(t -> t instanceof IllegalStateException);
    test.close();
  }

  @Test
  void after_inThePast_isRefused() {
    given();
    assertThatThrownBy(() -> test.after(seconds(-1))).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> test.after(seconds(-1), () -> {}))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void after_anActionThatThrows_failsTheTest() {
    given();
    var planned = new IllegalStateException("planned");
    test.after(
        seconds(1),
        () -> {
          throw planned;
        });
    assertThatThrownBy(() -> test.advance(seconds(1)))
        .isInstanceOf(AssertionError.class)
        .hasCause(planned);
  }

  @Test
  void timeline_drawsKeysAndRuns_acrossARestart() {
    given();
    test.submit(KEY, "a");
    test.advance(seconds(35));
    test.restart();
    test.submit(KEY, "b");
    test.advance(seconds(35));
    assertThat(test.timeline()).contains(KEY, "answers 1", "answers 2");
  }

  @Test
  void runs_areASnapshot() {
    givenAsync(batch -> new CompletableFuture<>());
    test.submit(KEY, "a");
    test.advance(seconds(35));
    List<TestRun<String>> before = test.runs();
    test.submit(KEY, "b");
    test.advance(seconds(400));
    assertThat(before).hasSize(1);
    assertThat(before.get(0).endedAt()).isEmpty();
    assertThat(test.failures()).hasSize(1); // the stage was cancelled at the handler timeout
  }
}
