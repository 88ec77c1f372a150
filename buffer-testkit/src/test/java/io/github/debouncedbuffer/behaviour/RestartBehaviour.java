// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.behaviour;

import static io.github.debouncedbuffer.behaviour.World.KEY;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.debouncedbuffer.Batch;
import io.github.debouncedbuffer.FollowUp;
import io.github.debouncedbuffer.WindowPolicy;
import io.github.debouncedbuffer.spi.KeyState;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Restarts and crashes in each state, over the store that a subclass names. */
abstract class RestartBehaviour extends Behaviour {

  @Override
  void prepare() {
    world.with(b -> b.retry(THREE));
  }

  @Test
  void G16_waiting_restart_keepsTheDueTime() {
    world.start();
    world.submit("a");
    world.at(10);
    world.restart();
    assertThat(world.buffer.inspect(KEY).orElseThrow().state()).isEqualTo(KeyState.WAITING);
    world.at(34.9);
    assertThat(world.handler.runs).isEmpty();
    world.at(35);
    assertThat(world.handler.payloads()).containsExactly(List.of("a"));
  }

  @Test
  void G16_waiting_crash_keepsTheDueTime_andAnOverdueKeyIsHandedOverAtOnce() {
    world.start();
    world.submit("a");
    world.at(10);
    world.crash(Duration.ofSeconds(100));
    assertThat(world.handler.payloads()).containsExactly(List.of("a"));
    assertThat(world.handler.seconds()).containsExactly(110.0);
  }

  @Test
  void
      G1_G11_faults5_running_crash_countsTheAttempt_andTheSameBatchComesAgain_withLateOnesBehind() {
    world.start();
    world.handler.thenTake(Duration.ofSeconds(26));
    world.submit("a");
    world.at(46);
    world.submit("late");
    world.crash(Duration.ZERO);
    world.at(200);
    assertThat(world.handler.payloads())
        .containsExactly(List.of("a"), List.of("a"), List.of("late"));
    assertThat(world.handler.seconds()).containsExactly(35.0, 47.0, 81.0);
    Batch<String> first = world.handler.runs.get(0).batch();
    Batch<String> second = world.handler.runs.get(1).batch();
    assertThat(second.id()).isEqualTo(first.id());
    assertThat(second.attempt()).isEqualTo(2);
    assertThat(world.handler.runs.get(2).batch().startedAt()).isEqualTo(World.START);
  }

  @Test
  void G12_faults15_aBatchThatKillsTheProcess_isDeadAfterMaxAttempts() {
    world.start();
    world.submit("poison");
    for (int i = 0; i < 3; i++) {
      world.handler.then(batch -> new CompletableFuture<>());
      world.at(35 + 10 * i);
      world.crash(Duration.ZERO);
    }
    assertThat(world.handler.runs).hasSize(3);
    assertThat(world.buffer.deadLetters(0, 1).get(0).attempts()).isEqualTo(3);
    assertThat(world.buffer.inspect(KEY)).isEmpty();
  }

  @Test
  void recoveredBatches_runOneAtATime_soThatAPoisonOneTakesNoNeighboursAttempts() {
    world.start();
    for (String key : List.of("poison", "a", "b")) {
      world.buffer.submit(key, key);
      world.handler.then(batch -> new CompletableFuture<>());
    }
    world.at(35);
    assertThat(world.handler.runs).hasSize(3);
    world.handler.otherwise(
        batch ->
            batch.key().equals("poison")
                ? new CompletableFuture<>()
                : world.handler.after(Duration.ofSeconds(3)));
    world.crash(Duration.ZERO);
    while (world.buffer.deadLetters(0, 1).isEmpty()) {
      world.clock.advance(Duration.ofSeconds(1));
      boolean poisonRuns =
          world.buffer.inspect("poison").filter(k -> k.state() == KeyState.RUNNING).isPresent();
      if (poisonRuns) {
        world.crash(Duration.ZERO);
      }
      assertThat(world.clock.now()).isBefore(World.second(200));
    }
    world.at(300);
    assertThat(world.buffer.deadLetters(0, 10)).extracting(d -> d.key()).containsExactly("poison");
    assertThat(world.buffer.stats().store().pendingMessages()).isZero();
    assertThat(world.handler.runs.stream().map(Scripted.Ran::batch))
        .filteredOn(batch -> !batch.key().equals("poison"))
        .extracting(Batch::attempt)
        .as("one attempt was lost in the first crash, and none in those that poison caused")
        .containsExactly(1, 1, 2, 2);
  }

  @Test
  void G3_recoveredBatches_followEachOther_withoutAnythingElseHappening() {
    world.start();
    for (String key : List.of("a", "b", "c")) {
      world.buffer.submit(key, key);
      world.handler.then(batch -> new CompletableFuture<>());
    }
    world.at(35);
    world.handler.otherwise(batch -> world.handler.after(Duration.ofSeconds(3)));
    world.crash(Duration.ZERO);
    world.at(60);
    assertThat(world.handler.seconds()).containsExactly(35.0, 35.0, 35.0, 36.0, 39.0, 42.0);
  }

  @Test
  void G16_backingOff_restartAndCrash_keepTheDueTimeAndTheAttempt() {
    world.start();
    world.handler.thenThrow(new Exception()).thenThrow(new Exception());
    world.submit("a");
    world.at(35.5);
    world.restart();
    world.at(36.5);
    assertThat(world.handler.seconds()).containsExactly(35.0, 36.0);
    world.crash(Duration.ZERO);
    assertThat(world.buffer.inspect(KEY).orElseThrow().state()).isEqualTo(KeyState.BACKING_OFF);
    world.at(100);
    assertThat(world.handler.seconds()).containsExactly(35.0, 36.0, 38.0);
    assertThat(world.handler.runs.get(2).batch().attempt()).isEqualTo(3);
  }

  @Test
  void G13_ids_areKnownAcrossARestartAndACrash() {
    world.start();
    world.buffer.submit(KEY, "pending", "p");
    world.buffer.submit("handled", "h", "h");
    world.buffer.flush("handled");
    world.clock.runReady();
    world.restart();
    world.crash(Duration.ZERO);
    assertThat(world.buffer.submit(KEY, "pending", "p").isDuplicate()).isTrue();
    assertThat(world.buffer.submit("handled", "h", "h").isDuplicate()).isTrue();
  }

  @Test
  void faults50_aChangedConfiguration_leavesStoredDueTimes_andCountsForLaterWindows() {
    world.start();
    world.submit("a");
    world.with(b -> b.window(WindowPolicy.fixed(Duration.ofSeconds(1))));
    world.restart();
    world.at(34);
    assertThat(world.handler.runs).isEmpty();
    world.at(40);
    world.submit("b");
    world.at(41);
    assertThat(world.handler.seconds()).containsExactly(35.0, 41.0);
  }

  @Test
  void faults41_aClockThatWasSetBack_delaysNoKeyByMoreThanOneWindow() {
    world.start();
    world.submit("a");
    world.handler.then(batch -> new CompletableFuture<>());
    world.buffer.submit("running", "r");
    world.buffer.flush("running");
    world.clock.runReady();
    world.buffer.submit("running", "late");
    world.crash(Duration.ofHours(-1));
    world.clock.advance(World.WINDOW);
    assertThat(world.handler.payloads()).contains(List.of("a"), List.of("r"), List.of("late"));
    assertThat(world.buffer.stats().store().pendingMessages()).isZero();
  }

  @Test
  void G10_sequencesTokensAndBatchIds_neverComeAgain() {
    world.with(b -> b.window(WindowPolicy.fixed(World.WINDOW).followUp(FollowUp.IMMEDIATELY)));
    world.start();
    world.submit("a");
    world.at(35);
    world.restart();
    world.submit("b");
    world.at(70);
    List<Batch<String>> batches = world.handler.runs.stream().map(Scripted.Ran::batch).toList();
    assertThat(batches).extracting(Batch::id).doesNotHaveDuplicates();
    assertThat(batches.get(1).messages().get(0).sequence())
        .isGreaterThan(batches.get(0).messages().get(0).sequence());
  }
}
