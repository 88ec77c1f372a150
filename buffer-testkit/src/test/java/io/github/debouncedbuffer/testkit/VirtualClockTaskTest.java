// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.debouncedbuffer.spi.BufferClock.Cancellable;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Tasks that wait, throw, interrupt or never end. */
class VirtualClockTaskTest extends VirtualClockGiven {

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

  @Test
  void advance_insideATask_isHowATaskTakesTime() {
    clock.executor().execute(() -> advancing(28));
    wakeAt(7, "late");
    clock.advance(seconds(10));
    assertThat(log).containsExactly("late@7", "handled@28");
    assertThat(clock.now()).isEqualTo(at(28));
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
