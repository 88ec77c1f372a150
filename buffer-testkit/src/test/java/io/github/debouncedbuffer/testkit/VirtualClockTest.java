// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.debouncedbuffer.spi.BufferClock.Cancellable;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** The order of time and tasks. */
class VirtualClockTest extends VirtualClockGiven {

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
}
