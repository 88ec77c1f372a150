// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.behaviour;

import static io.github.debouncedbuffer.behaviour.World.KEY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.debouncedbuffer.BatchInfo;
import io.github.debouncedbuffer.BufferClosedException;
import io.github.debouncedbuffer.BufferListener;
import io.github.debouncedbuffer.RetryPolicy;
import io.github.debouncedbuffer.spi.KeyState;
import io.github.debouncedbuffer.spi.StoreException;
import io.github.debouncedbuffer.spi.StoreException.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;

/** What a failing store does to each step, over the store that a subclass names. */
abstract class StoreFailureBehaviour extends Behaviour {

  private final FaultyStore[] faulty = new FaultyStore[1];

  @Override
  void prepare() {
    world.over(FaultyStore.into(faulty)).start();
  }

  @Test
  void G1_submit_thatFailsBeforeTheCommit_storesNothing_andSaysWhy() {
    faulty[0].failBefore(Reason.FULL);
    assertThatThrownBy(() -> world.submit("a"))
        .asInstanceOf(InstanceOfAssertFactories.type(StoreException.class))
        .extracting(StoreException::reason)
        .isEqualTo(Reason.FULL);
    assertThat(world.buffer.inspect(KEY)).isEmpty();
    assertThat(world.submit("again").isDuplicate()).isFalse();
    world.at(35);
    assertThat(world.handler.payloads()).containsExactly(List.of("again"));
  }

  @Test
  void G3_submit_withUnknownOutcome_thatWasStored_isHandedOver_andAgainIsADuplicate() {
    faulty[0].failAfter(Reason.OUTCOME_UNKNOWN);
    assertThatThrownBy(() -> world.buffer.submit(KEY, "id", "a"))
        .isInstanceOf(StoreException.class);
    world.at(35);
    assertThat(world.handler.payloads()).as("although nobody submits again").hasSize(1);
    assertThat(world.buffer.submit(KEY, "id", "a").isDuplicate()).isTrue();
  }

  @Test
  void G3_claim_thatFails_isTriedAgain() {
    world.submit("a");
    faulty[0].failBefore(Reason.BUSY).failBefore(Reason.UNAVAILABLE);
    world.at(60);
    assertThat(world.handler.seconds()).containsExactly(36.0);
    assertThat(world.handler.runs.get(0).batch().attempt()).isEqualTo(1);
  }

  @Test
  void G3_claim_withUnknownOutcome_thatWasStored_isGivenBackUncounted() {
    world.submit("a");
    faulty[0].failAfter(Reason.OUTCOME_UNKNOWN);
    world.at(35);
    assertThat(world.buffer.inspect(KEY).orElseThrow().state()).isEqualTo(KeyState.RUNNING);
    world.at(60);
    assertThat(world.handler.runs).hasSize(1);
    assertThat(world.handler.runs.get(0).batch().attempt()).isEqualTo(1);
    assertThat(world.buffer.inspect(KEY)).isEmpty();
  }

  @Test
  void G4_claim_withUnknownOutcome_thatWasRolledBack_runsOnce_thoughItsTokenComesAgain() {
    world.submit("a");
    world.handler.thenTake(Duration.ofSeconds(30));
    faulty[0].failBefore(Reason.OUTCOME_UNKNOWN);
    world.at(100);
    assertThat(world.handler.runs).hasSize(1);
    assertThat(world.buffer.inspect(KEY)).isEmpty();
  }

  @Test
  void faults20_completion_thatFails_isTriedAgain_andNeverTheHandler() {
    world.submit("a");
    CompletableFuture<Void> run = new CompletableFuture<>();
    world.handler.then(batch -> run);
    world.at(36);
    faulty[0].failBefore(Reason.FULL).failBefore(Reason.FULL);
    run.complete(null);
    world.at(36.9);
    assertThat(world.handler.runs).hasSize(1);
    assertThat(world.buffer.stats().completed()).isZero();
    world.at(100);
    assertThat(world.handler.runs).hasSize(1);
    assertThat(world.buffer.inspect(KEY)).isEmpty();
    assertThat(world.buffer.stats().storeFailures()).isEqualTo(2);
    assertThat(world.buffer.stats().runs()).isZero();
  }

  @Test
  void G10_completion_withUnknownOutcome_thatWasStored_isStaleTheSecondTime() {
    world.submit("a");
    CompletableFuture<Void> run = new CompletableFuture<>();
    world.handler.then(batch -> run);
    world.at(36);
    faulty[0].failAfter(Reason.OUTCOME_UNKNOWN);
    run.complete(null);
    world.clock.runReady();
    assertThat(world.submit("next").late()).as("the completion was stored").isFalse();
    world.at(100);
    assertThat(world.handler.payloads()).containsExactly(List.of("a"), List.of("next"));
    assertThat(world.buffer.stats().runs()).isZero();
  }

  @Test
  void faults20_completion_isStored_thoughSubmitsFailForWantOfRoom() {
    TappedStore[] full = new TappedStore[1];
    AtomicInteger completed = new AtomicInteger();
    world.over(TappedStore.into(full));
    world.with(
        b ->
            b.listener(
                new BufferListener() {
                  @Override
                  public void completed(BatchInfo batch, Duration took, Instant at) {
                    completed.incrementAndGet();
                  }
                }));
    world.restart();
    CompletableFuture<Void> run = new CompletableFuture<>();
    world.handler.then(batch -> run);
    world.submit("a");
    world.at(36);
    full[0].refuseAppends();
    run.complete(null);
    for (int i = 0; i < 60; i++) {
      var refused = world.buffer.submitAsync("other", null, "x").toCompletableFuture();
      world.clock.runReady();
      assertThat(refused).isCompletedExceptionally();
      world.clock.elapse(Duration.ofMillis(500));
    }
    assertThat(completed).as("a deletion needs no room").hasValue(1);
  }

  @Test
  void faults16_deadLetter_thatFails_staysStored_andIsTriedAgain() {
    world.with(b -> b.retry(RetryPolicy.DEFAULT.maxAttempts(1)));
    world.restart();
    world.submit("a");
    world.at(34);
    CompletableFuture<Void> run = new CompletableFuture<>();
    world.handler.then(batch -> run);
    world.at(36);
    faulty[0].failBefore(Reason.FULL);
    run.completeExceptionally(new Exception());
    world.clock.runReady();
    assertThat(world.buffer.stats().store().pendingMessages()).isEqualTo(1);
    world.at(40);
    assertThat(world.buffer.deadLetters(0, 10)).hasSize(1);
    assertThat(world.handler.runs).hasSize(1);
  }

  @Test
  void G17_aFailureForGood_closesTheBuffer_andSaysSo() {
    world.submit("a");
    faulty[0].failBefore(Reason.CORRUPT);
    assertThatThrownBy(() -> world.submit("b")).isInstanceOf(StoreException.class);
    world.clock.runReady();
    assertThatThrownBy(() -> world.submit("c")).isInstanceOf(BufferClosedException.class);
    world.at(100);
    assertThat(world.handler.runs).isEmpty();
    world.restart();
    world.at(101);
    assertThat(world.handler.payloads()).containsExactly(List.of("a"));
  }

  @Test
  void close_whileTheStoreFails_isBounded() {
    world.submit("a");
    CompletableFuture<Void> run = new CompletableFuture<>();
    world.handler.then(batch -> run);
    world.at(36);
    for (int i = 0; i < 1_000; i++) {
      faulty[0].failBefore(Reason.UNAVAILABLE);
    }
    run.complete(null);
    world.clock.runReady();
    world.buffer.close();
    assertThat(world.clock.now()).isBeforeOrEqualTo(World.second(36 + 31));
  }
}
