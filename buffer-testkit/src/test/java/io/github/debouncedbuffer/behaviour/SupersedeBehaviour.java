// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.behaviour;

import static io.github.debouncedbuffer.behaviour.World.KEY;
import static io.github.debouncedbuffer.behaviour.World.second;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.debouncedbuffer.Batch;
import io.github.debouncedbuffer.OnLate;
import io.github.debouncedbuffer.StaleBatchException;
import io.github.debouncedbuffer.SupersededException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Late messages that supersede the run, over the store that a subclass names. */
abstract class SupersedeBehaviour extends SupersedingBehaviour {

  @Test
  void aLateMessage_supersedesTheRun_andBothAreOneNewBatch_withTheOriginalStart() {
    world.start();
    world.handler.otherwise(replyAfter(20));
    world.submit("1");
    world.at(42);
    world.submit("2");
    world.at(200);
    assertThat(world.handler.payloads()).containsExactly(List.of("1"), List.of("1", "2"));
    assertThat(world.handler.seconds()).containsExactly(35.0, 42.0 + 35.0);
    Batch<String> first = world.handler.runs.get(0).batch();
    Batch<String> both = world.handler.runs.get(1).batch();
    assertThat(both.id()).isNotEqualTo(first.id());
    assertThat(both.startedAt()).isEqualTo(second(0));
    assertThat(both.openedAt()).isEqualTo(second(0));
    assertThat(both.attempt()).as("it is no failed attempt").isEqualTo(1);
    assertThat(world.buffer.stats().superseded()).isEqualTo(1);
    assertThat(world.buffer.stats().failed()).isZero();
    assertThat(world.buffer.inspect(KEY)).isEmpty();
  }

  @Test
  void theRunIsTold_onceWithTheFirstLateMessage_andADuplicateTellsNothing() {
    world.start();
    List<String> told = new ArrayList<>();
    world.handler.then(
        batch -> {
          batch.superseded().thenRun(() -> told.add("at " + world.clock.now()));
          return world.handler.after(Duration.ofSeconds(20));
        });
    world.buffer.submit(KEY, "id", "1");
    world.at(40);
    world.buffer.submit(KEY, "id", "1");
    world.at(41);
    assertThat(told).isEmpty();
    world.at(42);
    world.submit("2");
    world.submit("3");
    world.at(43);
    assertThat(told).containsExactly("at " + second(42));
  }

  @Test
  void twoRunsInARow_areSuperseded_andTheThirdRunsUndisturbed() {
    world.start();
    world.handler.otherwise(replyAfter(20));
    world.submit("1");
    for (int late = 2; late <= 4; late++) {
      world.at(40 + (late - 2) * 45);
      world.submit("" + late);
    }
    world.at(600);
    assertThat(world.handler.payloads())
        .containsExactly(List.of("1"), List.of("1", "2"), List.of("1", "2", "3"), List.of("4"));
    assertThat(world.buffer.stats().superseded()).isEqualTo(2);
  }

  @Test
  void afterARunThatWasHandled_theCountBeginsAnew() {
    world.with(b -> b.onLate(OnLate.supersede().atMost(1))).start();
    world.handler.otherwise(replyAfter(20));
    for (int round = 0; round < 2; round++) {
      world.at(300 * round);
      world.submit("a" + round);
      world.at(300 * round + 40);
      world.submit("b" + round);
    }
    world.at(900);
    assertThat(world.handler.payloads())
        .containsExactly(List.of("a0"), List.of("a0", "b0"), List.of("a1"), List.of("a1", "b1"));
  }

  @Test
  void theCountOutlivesARestart() {
    world.with(b -> b.onLate(OnLate.supersede().atMost(1))).start();
    world.handler.otherwise(replyAfter(20));
    world.submit("1");
    world.at(40);
    world.submit("2");
    world.at(60);
    world.restart();
    world.at(80);
    world.submit("3");
    world.at(300);
    assertThat(world.handler.payloads())
        .containsExactly(List.of("1"), List.of("1", "2"), List.of("3"));
  }

  @Test
  void theUnionObeysMaxBatch_andTheRestIsDueToo() {
    startWithBatchesOf(3);
    world.handler.then(replyAfter(20));
    world.submit("1");
    world.submit("2");
    world.at(42);
    world.submit("3");
    world.submit("4");
    world.at(56);
    assertThat(world.handler.payloads())
        .containsExactly(List.of("1", "2"), List.of("1", "2", "3"), List.of("4"));
  }

  @Test
  void ifTheLateMessagesAreDiscarded_theSupersededOnesAreDueAtOnce() {
    world.start();
    CompletableFuture<Void> end = new CompletableFuture<>();
    world.handler.then(batch -> end);
    world.submit("1");
    world.at(42);
    world.submit("2");
    world.buffer.discard(KEY);
    end.completeExceptionally(new SupersededException("told before"));
    world.at(43);
    assertThat(world.handler.payloads()).containsExactly(List.of("1"), List.of("1"));
    assertThat(world.handler.runs.get(1).batch().attempt()).isEqualTo(1);
  }

  @Test
  void ofABatchThatWasSuperseded_nothingIsCurrent() {
    world.start();
    CompletableFuture<Void> end = new CompletableFuture<>();
    world.handler.then(batch -> end);
    world.submit("1");
    world.at(42);
    world.submit("2");
    Batch<String> old = world.handler.runs.get(0).batch();
    assertThat(old.hasNewer()).isTrue();
    assertThatThrownBy(old::ensureCurrent).isInstanceOf(SupersededException.class);
    end.completeExceptionally(new SupersededException("as told"));
    world.at(50);
    assertThatThrownBy(old::ensureCurrent).isInstanceOf(StaleBatchException.class);
    assertThatThrownBy(old::absorb).isInstanceOf(StaleBatchException.class);
    assertThat(old.hasNewer()).isFalse();
  }
}
