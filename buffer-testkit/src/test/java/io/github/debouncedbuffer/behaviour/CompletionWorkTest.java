// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.behaviour;

import static io.github.debouncedbuffer.behaviour.World.KEY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.debouncedbuffer.Batch;
import io.github.debouncedbuffer.behaviour.OfferingStore.Notes;
import io.github.debouncedbuffer.spi.StoreException.Reason;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;

/** Work that takes part in the completion of its batch: with it, or not at all. */
class CompletionWorkTest extends Behaviour {

  private OfferingStore store;

  @Override
  StoreFixture stores() {
    return new StoreFixture.Memory();
  }

  @Override
  void prepare() {
    world.with(b -> b.retry(THREE)).over(inner -> store = new OfferingStore(inner));
  }

  private static CompletionStage<?> answer(Batch<String> batch) {
    batch.onComplete(
        Notes.class,
        notes -> notes.add(batch.attempt() + " " + String.join("+", batch.payloads())));
    return CompletableFuture.completedFuture(null);
  }

  @Test
  void work_isDoneOnce_withTheCompletion() {
    world.start();
    world.handler.otherwise(CompletionWorkTest::answer);
    world.submit("a");
    world.submit("b");
    world.at(35);
    assertThat(store.kept).containsExactly("1 a+b");
    assertThat(world.buffer.stats().store().pendingMessages()).isZero();
    assertThat(world.buffer.stats().completed()).isEqualTo(1);
    assertThat(world.buffer.inspect(KEY)).isEmpty();
  }

  @Test
  void late_messages_areFollowedUp_asAfterAnyCompletion() {
    world.start();
    world.handler.otherwise(CompletionWorkTest::answer);
    world.handler.then(
        batch -> {
          answer(batch);
          world.buffer.submitAsync(KEY, null, "late");
          return CompletableFuture.completedFuture(null);
        });
    world.submit("a");
    world.at(120);
    assertThat(store.kept).containsExactly("1 a", "1 late");
  }

  @Test
  void work_thatThrows_failsTheAttempt_andNothingOfItIsKept() {
    world.start();
    world.handler.then(
        batch -> {
          batch.onComplete(
              Notes.class,
              notes -> {
                notes.add("half");
                throw new IOException("planned");
              });
          return CompletableFuture.completedFuture(null);
        });
    world.handler.otherwise(CompletionWorkTest::answer);
    world.submit("a");
    world.at(120);
    assertThat(store.kept).containsExactly("2 a");
    assertThat(world.handler.payloads()).containsExactly(List.of("a"), List.of("a"));
  }

  @Test
  void a_handlerThatThrows_hasNoWorkDone() {
    world.start();
    world.handler.then(
        batch -> {
          answer(batch);
          throw new IOException("planned");
        });
    world.handler.otherwise(CompletionWorkTest::answer);
    world.submit("a");
    world.at(120);
    assertThat(store.kept).containsExactly("2 a");
  }

  @Test
  void a_storeThatFails_isTriedAgain_withTheWork_andNotWithTheHandler() {
    world.start();
    world.handler.otherwise(CompletionWorkTest::answer);
    store.failNext(Reason.UNAVAILABLE);
    store.failNext(Reason.BUSY);
    world.submit("a");
    world.at(120);
    assertThat(store.kept).containsExactly("1 a");
    assertThat(world.handler.runs).hasSize(1);
    assertThat(world.buffer.stats().storeFailures()).isEqualTo(2);
  }

  @Test
  void a_commitOfUnknownOutcome_thatTookEffect_doesNoWorkTwice() {
    world.start();
    world.handler.otherwise(CompletionWorkTest::answer);
    store.failNext(Reason.OUTCOME_UNKNOWN);
    world.submit("a");
    world.at(120);
    assertThat(store.kept).containsExactly("1 a");
    assertThat(world.handler.runs).hasSize(1);
    assertThat(world.buffer.inspect(KEY)).isEmpty();
  }

  @Test
  void a_batchThatWasErased_hasNoWorkDone() {
    world.start();
    world.handler.then(
        batch -> {
          answer(batch);
          world.buffer.erase(KEY);
          return CompletableFuture.completedFuture(null);
        });
    world.submit("a");
    world.at(120);
    assertThat(store.kept).isEmpty();
    assertThat(world.buffer.inspect(KEY)).isEmpty();
    assertThat(world.handler.runs).hasSize(1);
  }

  @Test
  void an_executorThatRefusesTheWork_costsNoAttempt() {
    boolean[] refuses = {false};
    Executor all = world.clock.executor();
    Executor picky =
        task -> {
          if (refuses[0]) {
            refuses[0] = false;
            throw new RejectedExecutionException("planned");
          }
          all.execute(task);
        };
    world.with(b -> b.retry(THREE).executor(picky)).start();
    world.handler.then(
        batch -> {
          refuses[0] = true;
          return answer(batch);
        });
    world.handler.otherwise(CompletionWorkTest::answer);
    world.submit("a");
    world.at(120);
    assertThat(store.kept).containsExactly("1 a");
    assertThat(world.handler.runs).hasSize(2);
  }

  @Test
  void onComplete_isRefused_twice_andForWhatTheStoreDoesNotOffer() {
    world.start();
    world.handler.then(
        batch -> {
          assertThatThrownBy(() -> batch.onComplete(String.class, text -> {}))
              .isInstanceOf(IllegalArgumentException.class)
              .hasMessageContaining("java.lang.String");
          answer(batch);
          assertThatThrownBy(() -> answer(batch)).isInstanceOf(IllegalStateException.class);
          return CompletableFuture.completedFuture(null);
        });
    world.submit("a");
    world.at(60);
    assertThat(store.kept).containsExactly("1 a");
  }
}
