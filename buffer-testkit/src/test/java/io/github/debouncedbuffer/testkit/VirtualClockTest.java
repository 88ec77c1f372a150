// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.debouncedbuffer.spi.BufferClock.Cancellable;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class VirtualClockTest {

  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  private final VirtualClock clock = VirtualClock.at(START);
  private final List<String> log = new ArrayList<>();

  @AfterEach
  void leaveNoInterrupt() {
    Thread.interrupted();
  }

  private static Instant at(long seconds) {
    return START.plusSeconds(seconds);
  }

  private static Duration seconds(long seconds) {
    return Duration.ofSeconds(seconds);
  }

  private void wakeAt(long seconds, String name) {
    clock.wakeAt(at(seconds), logging(name));
  }

  private Runnable logging(String name) {
    return () -> log.add(name + "@" + Duration.between(START, clock.now()).toSeconds());
  }

  @Test
  void now_isTheStart_andMovesOnlyWhenTold() {
    assertThat(clock.now()).isEqualTo(START);
    clock.advance(seconds(5));
    assertThat(clock.now()).isEqualTo(at(5));
  }

  @Test
  void executor_queuesAndNeverRunsWithinTheCall() {
    clock.executor().execute(logging("a"));
    clock.executor().execute(logging("b"));
    assertThat(log).isEmpty();
    assertThat(clock.readyTasks()).isEqualTo(2);

    clock.runReady();

    assertThat(log).containsExactly("a@0", "b@0");
    assertThat(clock.readyTasks()).isZero();
  }

  @Test
  void runReady_runsWhatBecomesReadyByIt_andLetsNoTimePass() {
    wakeAt(1, "later");
    clock.executor().execute(() -> clock.executor().execute(logging("second")));
    clock.runReady();
    assertThat(log).containsExactly("second@0");
  }

  @Test
  void advance_stepsFromWakeUpToWakeUp_tiesInOrderOfArming() {
    wakeAt(7, "c");
    wakeAt(3, "a");
    wakeAt(7, "d");
    wakeAt(5, "b");
    clock.advance(seconds(10));
    assertThat(log).containsExactly("a@3", "b@5", "c@7", "d@7");
    assertThat(clock.now()).isEqualTo(at(10));
  }

  @Test
  void advance_runsReadyTasksFirst_andAfterEachStep() {
    clock.executor().execute(logging("ready"));
    clock.wakeAt(at(3), () -> clock.executor().execute(logging("byFirst")));
    wakeAt(5, "second");
    clock.advance(seconds(5));
    assertThat(log).containsExactly("ready@0", "byFirst@3", "second@5");
  }

  @Test
  void advance_includesItsEnd_alsoForWhatIsArmedOnTheWay() {
    clock.wakeAt(at(2), () -> wakeAt(4, "armedOnTheWay"));
    wakeAt(5, "after");
    clock.advance(seconds(4));
    assertThat(log).containsExactly("armedOnTheWay@4");
    assertThat(clock.nextWakeUp()).contains(at(5));
  }

  @Test
  void wakeAt_neverRunsWithinTheCall_butAtOnceIfTheTimeHasPassed() {
    wakeAt(-1, "past");
    wakeAt(0, "now");
    assertThat(log).isEmpty();
    assertThat(clock.readyTasks()).isEqualTo(2);
    clock.runReady();
    assertThat(log).containsExactly("past@0", "now@0");
  }

  @Test
  void wakeAt_runsOnce() {
    wakeAt(1, "once");
    clock.advance(seconds(2));
    clock.advance(seconds(2));
    assertThat(log).containsExactly("once@1");
    assertThat(clock.nextWakeUp()).isEmpty();
  }

  @Test
  void cancel_takesBackAWakeUp_waitingOrReady() {
    Cancellable waiting = clock.wakeAt(at(1), logging("waiting"));
    Cancellable ready = clock.wakeAt(at(0), logging("ready"));
    waiting.cancel();
    ready.cancel();
    assertThat(clock.nextWakeUp()).isEmpty();
    assertThat(clock.readyTasks()).isZero();
    clock.advance(seconds(2));
    assertThat(log).isEmpty();
  }

  @Test
  void cancel_ofATieMate_holdsWithinTheSameStep() {
    AtomicReference<Cancellable> second = new AtomicReference<>();
    clock.wakeAt(at(1), () -> second.get().cancel());
    second.set(clock.wakeAt(at(1), logging("second")));
    clock.advance(seconds(1));
    assertThat(log).isEmpty();
  }

  @Test
  void cancel_ofWhatHasRun_changesNothing() {
    Cancellable wakeUp = clock.wakeAt(at(1), logging("a"));
    clock.advance(seconds(1));
    clock.executor().execute(logging("b"));
    wakeUp.cancel();
    clock.runReady();
    assertThat(log).containsExactly("a@1", "b@1");
  }

  @Test
  void time_neverGoesBack() {
    assertThatThrownBy(() -> clock.advance(seconds(-1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("PT-1S");
    assertThatThrownBy(() -> clock.advanceTo(at(-1))).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> clock.elapse(seconds(-1)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(clock.now()).isEqualTo(START);
  }

  @Test
  void elapse_letsTimePass_andMakesReady_butRunsNothing() {
    wakeAt(2, "b");
    wakeAt(1, "a");
    clock.elapse(seconds(3));
    assertThat(log).isEmpty();
    assertThat(clock.readyTasks()).isEqualTo(2);
    clock.runReady();
    assertThat(log).containsExactly("a@3", "b@3");
  }

  @Test
  void run_picksAnyReadyTask_theOthersKeepTheirOrder() {
    List.of("a", "b", "c", "d").forEach(name -> clock.executor().execute(logging(name)));
    clock.run(2);
    clock.run(0);
    clock.runReady();
    assertThat(log).containsExactly("c@0", "a@0", "b@0", "d@0");
    assertThatThrownBy(() -> clock.run(0)).isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void runNext_runsOne_andSaysWhenThereIsNone() {
    clock.executor().execute(logging("a"));
    clock.executor().execute(logging("b"));
    assertThat(clock.runNext()).isTrue();
    assertThat(log).containsExactly("a@0");
    assertThat(clock.runNext()).isTrue();
    assertThat(clock.runNext()).isFalse();
  }

  @Test
  void await_runsNoMoreThanIsNeeded() throws Exception {
    var stage = new CompletableFuture<Void>();
    clock.executor().execute(() -> stage.complete(null));
    clock.executor().execute(logging("notNeeded"));
    clock.await(stage);
    assertThat(log).isEmpty();
    assertThat(clock.readyTasks()).isEqualTo(1);
  }

  @Test
  void await_letsTimePass_onlyWhenNothingIsReady() throws Exception {
    var stage = new CompletableFuture<Void>();
    wakeAt(1, "first");
    clock.wakeAt(at(2), () -> stage.complete(null));
    wakeAt(3, "notNeeded");
    clock.executor().execute(logging("ready"));
    clock.await(stage);
    assertThat(log).containsExactly("ready@0", "first@1");
    assertThat(clock.now()).isEqualTo(at(2));
  }

  @Test
  void await_ofAnEndedStage_runsNothing_howeverItEnded() throws Exception {
    clock.executor().execute(logging("a"));
    clock.await(CompletableFuture.failedFuture(new IllegalStateException("failed")));
    assertThat(log).isEmpty();
  }

  @Test
  void await_thatNothingCanEnd_saysSo() {
    assertThatThrownBy(() -> clock.await(new CompletableFuture<Void>()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("nothing can end the awaited stage")
        .hasMessageContaining("now=2026-01-01T00:00:00Z");
  }

  @Test
  void await_insideATask_runsTheOthers_andNoneTwice() {
    var stage = new CompletableFuture<Void>();
    clock.executor().execute(() -> awaiting(stage, "waiter"));
    clock.executor().execute(logging("other"));
    clock.executor().execute(() -> stage.complete(null));
    clock.executor().execute(logging("last"));
    clock.runReady();
    assertThat(log).containsExactly("waiter begins@0", "other@0", "waiter ends@0", "last@0");
  }

  private void awaiting(CompletableFuture<Void> stage, String name) {
    logging(name + " begins").run();
    try {
      clock.await(stage);
      logging(name + " ends").run();
    } catch (InterruptedException e) {
      logging(name + " interrupted").run();
    }
  }

  @Test
  void advance_insideATask_isHowATaskTakesTime() {
    clock.executor().execute(() -> advancing(28));
    wakeAt(7, "late");
    clock.advance(seconds(10));
    assertThat(log).containsExactly("late@7", "handled@28");
    assertThat(clock.now()).isEqualTo(at(28));
  }

  private void advancing(long seconds) {
    clock.advance(seconds(seconds));
    logging("handled").run();
  }

  @Test
  void taskThatThrows_stopsNobody_andIsToldAtTheEnd() {
    var first = new IllegalStateException("first");
    var second = new StackOverflowError("second");
    clock.executor().execute(() -> sneak(first));
    clock.wakeAt(at(1), () -> sneak(second));
    wakeAt(2, "goes on");
    Throwable told = catchThrowable(() -> clock.advance(seconds(3)));
    assertThat(log).containsExactly("goes on@2");
    assertThat(clock.now()).isEqualTo(at(3));
    assertThat(told).isInstanceOf(AssertionError.class).hasCause(first);
    assertThat(told.getSuppressed()).containsExactly(second);
    clock.advance(seconds(1)); // told once
  }

  @SuppressWarnings("unchecked")
  private static <T extends Throwable> void sneak(Throwable thrown) throws T {
    throw (T) thrown;
  }

  @Test
  void taskThatThrows_isToldByEveryWayOfRunning() {
    var thrown = new IllegalStateException("thrown");
    List<Runnable> ways =
        List.of(
            clock::runReady,
            clock::runNext,
            () -> clock.run(0),
            () -> clock.advanceTo(clock.now()),
            () -> awaiting(new CompletableFuture<>(), "stuck"));
    for (Runnable way : ways) {
      clock.executor().execute(() -> sneak(thrown));
      assertThatThrownBy(way::run).isInstanceOf(AssertionError.class).hasCause(thrown);
    }
  }

  @Test
  void taskThatThrows_doesNotHitTheOneThatWaitsBelowIt() {
    var stage = new CompletableFuture<Void>();
    var thrown = new IllegalStateException("thrown");
    clock.executor().execute(() -> awaiting(stage, "waiter"));
    clock.executor().execute(() -> sneak(thrown));
    clock.executor().execute(() -> stage.complete(null));
    assertThatThrownBy(clock::runReady).isInstanceOf(AssertionError.class).hasCause(thrown);
    assertThat(log).containsExactly("waiter begins@0", "waiter ends@0");
  }

  @Test
  void interrupt_beforeAwait_isThrown_unlessTheStageHasEnded() throws Exception {
    Thread.currentThread().interrupt();
    clock.await(CompletableFuture.completedFuture(null));
    assertThatThrownBy(() -> clock.await(new CompletableFuture<Void>()))
        .isInstanceOf(InterruptedException.class);
    assertThat(Thread.currentThread().isInterrupted()).isFalse();
  }

  @Test
  void interrupt_leftByATask_isClearedForTheNext_andTheDriversOwnIsKept() {
    List<Boolean> seen = new ArrayList<>();
    clock.executor().execute(Thread.currentThread()::interrupt);
    clock.executor().execute(() -> seen.add(Thread.currentThread().isInterrupted()));
    clock.runReady();
    assertThat(seen).containsExactly(false);
    assertThat(Thread.currentThread().isInterrupted()).isFalse();

    Thread.currentThread().interrupt();
    clock.executor().execute(() -> seen.add(Thread.currentThread().isInterrupted()));
    clock.runReady();
    assertThat(seen).containsExactly(false, false);
    assertThat(Thread.currentThread().isInterrupted()).isTrue();
  }

  @Test
  void interrupt_byAWakeUp_reachesTheTaskThatWaits() {
    clock.executor().execute(() -> awaiting(new CompletableFuture<>(), "handler"));
    clock.wakeAt(at(30), Thread.currentThread()::interrupt);
    clock.runReady();
    assertThat(log).containsExactly("handler begins@0", "handler interrupted@30");
  }

  @Test
  void anotherThread_isToldApart() throws Exception {
    Cancellable wakeUp = clock.wakeAt(at(1), logging("a"));
    List<Runnable> uses =
        List.of(
            clock::now,
            () -> clock.wakeAt(START, () -> {}),
            clock::runReady,
            clock::runNext,
            () -> clock.run(0),
            () -> clock.advance(seconds(1)),
            () -> clock.advanceTo(START),
            () -> clock.elapse(seconds(1)),
            clock::readyTasks,
            clock::nextWakeUp,
            clock::executor,
            () -> awaiting(new CompletableFuture<>(), "w"),
            wakeUp::cancel);
    var executor = clock.executor();
    List<Throwable> thrown = new ArrayList<>();
    var other =
        new Thread(
            () -> {
              uses.forEach(use -> thrown.add(catchThrowable(use::run)));
              thrown.add(catchThrowable(() -> executor.execute(() -> {})));
            },
            "other");
    other.start();
    other.join();
    assertThat(thrown)
        .hasSize(uses.size() + 1)
        .allSatisfy(
            each ->
                assertThat(each)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("'other'"));
  }

  @Test
  void tasksWithoutEnd_areToldInsteadOfHanging() {
    Runnable[] again = new Runnable[1];
    again[0] = () -> clock.executor().execute(again[0]);
    clock.executor().execute(again[0]);
    assertThatThrownBy(clock::runReady)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("no end");
    assertThatThrownBy(() -> clock.await(new CompletableFuture<Void>()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("no end");
  }
}
