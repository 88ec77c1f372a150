// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.behaviour;

import static io.github.debouncedbuffer.behaviour.World.KEY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.debouncedbuffer.Batch;
import io.github.debouncedbuffer.BufferFullException;
import io.github.debouncedbuffer.DeadLetter;
import io.github.debouncedbuffer.Limits;
import io.github.debouncedbuffer.spi.KeyState;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What a failing handler or executor does, over the store that a subclass names. */
abstract class FailureBehaviour extends Behaviour {

  @Override
  void prepare() {
    world.with(b -> b.retry(THREE));
  }

  @Test
  void G11_faults9_aFailedBatch_keepsIdAndMembers_andNewcomersWaitBehindIt() {
    world.start();
    world.handler.thenThrow(new IllegalStateException("AI down")).thenThrow(new Exception("again"));
    world.submit("a");
    world.at(35.5);
    assertThat(world.buffer.inspect(KEY).orElseThrow().state()).isEqualTo(KeyState.BACKING_OFF);
    assertThat(world.submit("newcomer").late()).isTrue();
    world.at(200);
    assertThat(world.handler.payloads())
        .containsExactly(List.of("a"), List.of("a"), List.of("a"), List.of("newcomer"));
    assertThat(world.handler.seconds()).containsExactly(35.0, 36.0, 38.0, 70.5);
    List<Batch<String>> batches = world.handler.runs.stream().map(Scripted.Ran::batch).toList();
    assertThat(batches.subList(0, 3)).extracting(Batch::attempt).containsExactly(1, 2, 3);
    assertThat(batches.subList(0, 3)).extracting(Batch::id).containsOnly(batches.get(0).id());
    assertThat(batches.get(3).attempt()).isEqualTo(1);
    assertThat(batches.get(3).startedAt()).isEqualTo(World.START);
  }

  @Test
  void G12_faults14_aPoisonBatch_isDeadAfterExactlyMaxAttempts_andTheKeyGoesOn() {
    world.start();
    for (int i = 0; i < 3; i++) {
      world.handler.thenThrow(new StackOverflowError("deep"));
    }
    world.buffer.submit(KEY, "id", "poison");
    world.at(36.5);
    world.submit("behind");
    world.at(200);
    assertThat(world.handler.payloads())
        .containsExactly(
            List.of("poison"), List.of("poison"), List.of("poison"), List.of("behind"));
    DeadLetter letter = world.buffer.deadLetters(0, 10).get(0);
    assertThat(letter.attempts()).isEqualTo(3);
    assertThat(letter.reason()).isEqualTo(DeadLetter.Reason.ATTEMPTS_USED_UP);
    assertThat(letter.error()).contains("StackOverflowError");
    assertThat(letter.startedAt()).isEqualTo(World.START);
    assertThat(world.buffer.submit(KEY, "id", "poison").isDuplicate()).isTrue();
    assertThat(world.buffer.stats().store().deadLetters()).isEqualTo(1);
  }

  @Test
  void G12_aRedrivenDeadLetter_startsAtAttempt1_withItsIds_inANewBatch() {
    world.start();
    for (int i = 0; i < 3; i++) {
      world.handler.thenThrow(new Exception());
    }
    world.buffer.submit(KEY, "id", "a");
    world.at(100);
    String firstId = world.handler.runs.get(0).batch().id();
    long letter = world.buffer.deadLetters(0, 1).get(0).id();
    assertThat(world.buffer.redrive(letter)).isTrue();
    assertThat(world.buffer.redrive(letter)).isFalse();
    assertThat(world.buffer.deadLetters(0, 1)).isEmpty();
    assertThat(world.buffer.submit(KEY, "id", "a").isDuplicate()).isTrue();
    world.at(135);
    Batch<String> redriven = world.handler.runs.get(3).batch();
    assertThat(redriven.attempt()).isEqualTo(1);
    assertThat(redriven.id()).isNotEqualTo(firstId);
    assertThat(redriven.startedAt()).isEqualTo(World.second(100));
    assertThat(redriven.messages().get(0).sequence())
        .isGreaterThan(world.handler.runs.get(0).batch().messages().get(0).sequence());
    assertThat(world.buffer.submit(KEY, "id", "a").isDuplicate()).isTrue();
  }

  @Test
  void redrive_isHeldToTheLimits_andRemoveKeepsTheIdRemembered() {
    world.with(b -> b.retry(THREE.maxAttempts(1)).limits(Limits.DEFAULT.pendingPerKey(1))).start();
    world.handler.thenThrow(new Exception());
    world.buffer.submit(KEY, "id", "dead");
    world.at(36);
    world.submit("alive");
    long letter = world.buffer.deadLetters(0, 1).get(0).id();
    assertThatThrownBy(() -> world.buffer.redrive(letter)).isInstanceOf(BufferFullException.class);
    assertThat(world.buffer.deadLetters(0, 1)).hasSize(1);
    assertThat(world.buffer.removeDeadLetter(letter)).isTrue();
    assertThat(world.buffer.removeDeadLetter(letter)).isFalse();
    assertThat(world.buffer.submit(KEY, "id", "dead").isDuplicate()).isTrue();
  }

  @Test
  void G4_faults11_aHandlerBeyondItsTimeout_isToldAndItsKeyWaits_itsReturnDecides() {
    world.with(b -> b.workers(1).handlerTimeout(Duration.ofSeconds(60))).start();
    CompletableFuture<Void> deaf =
        new CompletableFuture<>() {
          @Override
          public boolean cancel(boolean mayInterrupt) {
            return false;
          }
        };
    world.handler.then(batch -> deaf);
    world.submit("hangs");
    world.at(36);
    world.submit("late");
    world.buffer.submit("other", "o");
    world.at(94.9);
    assertThat(world.handler.payloads()).containsExactly(List.of("hangs"));
    world.at(95);
    assertThat(world.handler.payloads()).containsExactly(List.of("hangs"), List.of("o"));
    assertThat(world.buffer.stats().timedOut()).isEqualTo(1);
    world.at(500);
    assertThat(world.buffer.inspect(KEY).orElseThrow().state()).isEqualTo(KeyState.RUNNING);
    deaf.complete(null);
    world.at(501);
    assertThat(world.handler.payloads()).last().isEqualTo(List.of("late"));
    assertThat(world.buffer.deadLetters(0, 1)).isEmpty();
  }

  @Test
  void faults11_hungHandlers_haveAsManySlotsReplacedAsThereAreWorkers_andNoMore() {
    world.with(b -> b.workers(1).handlerTimeout(Duration.ofSeconds(60))).start();
    world.handler.otherwise(
        batch ->
            new CompletableFuture<>() {
              @Override
              public boolean cancel(boolean mayInterrupt) {
                return false;
              }
            });
    for (String key : List.of("a", "b", "c")) {
      world.buffer.submit(key, key);
    }
    world.at(1_000);
    assertThat(world.handler.seconds()).containsExactly(35.0, 95.0);
    assertThat(world.buffer.stats().runs()).isEqualTo(2);
  }

  @Test
  void aStageThatObeysItsCancellation_isAFailure() {
    world.with(b -> b.handlerTimeout(Duration.ofSeconds(60))).start();
    world.handler.then(batch -> new CompletableFuture<>());
    world.submit("a");
    world.at(97);
    assertThat(world.handler.seconds()).containsExactly(35.0, 96.0);
  }

  @Test
  void faults53_aClaimThatTheExecutorRejects_isReleased_andNotCountedAsAnAttempt() {
    AtomicInteger rejections = new AtomicInteger(5);
    world
        .with(
            b ->
                b.retry(THREE)
                    .executor(
                        task -> {
                          if (rejections.getAndDecrement() > 0) {
                            throw new RejectedExecutionException("pool is full");
                          }
                          world.clock.executor().execute(task);
                        }))
        .start();
    world.submit("a");
    world.at(60);
    assertThat(world.handler.runs).hasSize(1);
    assertThat(world.handler.runs.get(0).batch().attempt()).isEqualTo(1);
  }
}
