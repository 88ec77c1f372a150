// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.behaviour;

import static io.github.debouncedbuffer.behaviour.World.KEY;
import static io.github.debouncedbuffer.behaviour.World.second;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.debouncedbuffer.Batch;
import io.github.debouncedbuffer.StaleBatchException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Withdraw and erase, over the store that a subclass names. */
abstract class RemovalBehaviour extends Behaviour {

  @Test
  void withdraw_takesOneMessageBack_andItsIdStaysKnown() {
    world.start();
    world.buffer.submit(KEY, "id1", "1");
    world.at(5);
    world.buffer.submit(KEY, "id2", "2");
    assertThat(world.buffer.withdraw(KEY, "id1")).isTrue();
    assertThat(world.buffer.withdraw(KEY, "id1")).isFalse();
    assertThat(world.buffer.withdraw(KEY, "unknown")).isFalse();
    assertThat(world.buffer.submit(KEY, "id1", "1").isDuplicate()).isTrue();
    assertThat(world.buffer.inspect(KEY).orElseThrow().dueAt()).contains(second(40));
    world.at(600);
    assertThat(world.handler.payloads()).containsExactly(List.of("2"));
    assertThat(world.handler.seconds()).containsExactly(40.0);
    assertThat(world.handler.runs.get(0).batch().openedAt()).isEqualTo(second(5));
  }

  @Test
  void withdraw_ofALaterMessage_leavesTheDueTime() {
    world.start();
    world.buffer.submit(KEY, "id1", "1");
    world.at(5);
    world.buffer.submit(KEY, "id2", "2");
    assertThat(world.buffer.withdraw(KEY, "id2")).isTrue();
    world.at(600);
    assertThat(world.handler.payloads()).containsExactly(List.of("1"));
    assertThat(world.handler.seconds()).containsExactly(35.0);
  }

  @Test
  void withdraw_ofTheOnlyMessage_leavesTheKeyIdle() {
    world.start();
    world.buffer.submit(KEY, "id1", "1");
    assertThat(world.buffer.withdraw(KEY, "id1")).isTrue();
    assertThat(world.buffer.inspect(KEY)).isEmpty();
    world.at(600);
    assertThat(world.handler.runs).isEmpty();
  }

  @Test
  void withdraw_doesNotTouchABatch_butWhatIsLateBehindIt() {
    world.with(b -> b.retry(THREE)).start();
    world.handler.thenTake(Duration.ofSeconds(10)).thenThrow(new IllegalStateException("planned"));
    world.buffer.submit(KEY, "id1", "1");
    world.at(40);
    world.buffer.submit(KEY, "id2", "2");
    assertThat(world.buffer.withdraw(KEY, "id1")).as("it runs").isFalse();
    assertThat(world.buffer.withdraw(KEY, "id2")).isTrue();
    world.at(60);
    assertThat(world.buffer.inspect(KEY)).isEmpty();
    assertThat(world.buffer.withdraw(KEY, "id1")).as("it was handled").isFalse();
    world.buffer.submit(KEY, "id3", "3");
    world.at(95);
    assertThat(world.buffer.withdraw(KEY, "id3")).as("its batch backs off").isFalse();
    world.at(600);
    assertThat(world.handler.payloads()).containsExactly(List.of("1"), List.of("3"), List.of("3"));
  }

  @Test
  void withdraw_inOneGroupWithItsSubmit_takesItBack() {
    world.start();
    world.buffer.submitAsync(KEY, "id1", "1");
    assertThat(world.buffer.withdraw(KEY, "id1")).isTrue();
    assertThat(world.buffer.inspect(KEY)).isEmpty();
  }

  @Test
  void erase_removesMessagesDeadLettersAndIds_ofThatKeyAlone() {
    world.with(b -> b.retry(THREE.maxAttempts(1))).start();
    world.handler.thenThrow(new IllegalStateException("planned"));
    world.buffer.submit(KEY, "dead", "1");
    world.at(40);
    world.buffer.submit(KEY, "handled", "2");
    world.at(100);
    world.buffer.submit(KEY, "pending", "3");
    world.buffer.submit("other", "pending", "o");
    assertThat(world.buffer.erase(KEY)).isEqualTo(2);
    assertThat(world.buffer.inspect(KEY)).isEmpty();
    assertThat(world.buffer.deadLetters(0, 10)).isEmpty();
    assertThat(world.buffer.stats().store().rememberedIds()).isEqualTo(1);
    assertThat(world.buffer.stats().store().pendingMessages()).isEqualTo(1);
    assertThat(world.buffer.erase(KEY)).isZero();
    for (String id : List.of("dead", "handled", "pending")) {
      assertThat(world.buffer.submit(KEY, id, id).isDuplicate()).as(id).isFalse();
    }
    world.at(300);
    assertThat(world.handler.payloads())
        .containsExactlyInAnyOrder(
            List.of("1"), List.of("2"), List.of("o"), List.of("dead", "handled", "pending"));
  }

  @Test
  void erase_inOneGroupWithSubmits_forgetsThoseBeforeItAndNoneAfter() {
    world.start();
    world.buffer.submitAsync(KEY, "id", "before");
    assertThat(world.buffer.erase(KEY)).isEqualTo(1);
    assertThat(world.buffer.submit(KEY, "id", "after").isDuplicate()).isFalse();
    world.at(100);
    assertThat(world.handler.payloads()).containsExactly(List.of("after"));
  }

  @Test
  void erase_whileItsBatchRuns_leavesNothingToTryAgain_andOneAtATime() {
    world.with(b -> b.retry(THREE)).start();
    CompletableFuture<Void> end = new CompletableFuture<>();
    world.handler.then(batch -> end);
    world.submit("1");
    world.at(40);
    world.submit("late");
    assertThat(world.buffer.erase(KEY)).isEqualTo(2);
    Batch<String> batch = world.handler.runs.get(0).batch();
    assertThatThrownBy(batch::ensureCurrent).isInstanceOf(StaleBatchException.class);
    assertThat(world.buffer.inspect(KEY).orElseThrow().pending()).isZero();
    world.at(45);
    world.submit("new");
    world.at(200);
    assertThat(world.handler.runs).as("one at a time").hasSize(1);
    end.completeExceptionally(new IllegalStateException("planned"));
    world.at(201);
    assertThat(world.handler.payloads()).containsExactly(List.of("1"), List.of("new"));
    assertThat(world.buffer.inspect(KEY)).isEmpty();
    assertThat(world.buffer.stats().store().pendingMessages()).isZero();
  }

  @Test
  void erase_whileItsBatchRuns_isKeptOverACrash() {
    world.with(b -> b.retry(THREE)).start();
    world.handler.then(batch -> new CompletableFuture<>());
    world.submit("1");
    world.at(40);
    world.buffer.erase(KEY);
    world.crash(Duration.ofSeconds(1));
    assertThat(world.buffer.inspect(KEY)).isEmpty();
    world.at(600);
    assertThat(world.handler.runs).hasSize(1);
  }

  @Test
  void erase_ofABatchThatBacksOff_leavesTheKeyIdle() {
    world.with(b -> b.retry(THREE)).start();
    world.handler.thenThrow(new IllegalStateException("planned"));
    world.submit("1");
    world.at(35.5);
    assertThat(world.buffer.erase(KEY)).isEqualTo(1);
    assertThat(world.buffer.inspect(KEY)).isEmpty();
    world.at(600);
    assertThat(world.handler.runs).hasSize(1);
  }
}
