// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.behaviour;

import static io.github.debouncedbuffer.behaviour.World.KEY;
import static io.github.debouncedbuffer.behaviour.World.second;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.debouncedbuffer.Batch;
import io.github.debouncedbuffer.BufferFullException;
import io.github.debouncedbuffer.Limits;
import io.github.debouncedbuffer.Receipt;
import io.github.debouncedbuffer.WindowPolicy;
import io.github.debouncedbuffer.spi.KeyState;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Ids, limits and what a batch tells, over the store that a subclass names. */
abstract class SubmitBehaviour extends Behaviour {

  @Test
  void G13_faults48_aKnownId_isStoredOnce_andOpensExtendsAndCountsNothing() {
    WindowPolicy quiet = WindowPolicy.quiet(Duration.ofSeconds(5), Duration.ofSeconds(60));
    world.with(b -> b.window(quiet)).start();
    Receipt first = world.buffer.submit(KEY, "wamid.1", "one");
    world.at(4);
    Receipt again = world.buffer.submit(KEY, "wamid.1", "another payload");
    assertThat(again.isDuplicate()).isTrue();
    assertThat(again.sequence()).isEqualTo(first.sequence());
    world.at(5);
    assertThat(world.handler.payloads()).containsExactly(List.of("one"));
    assertThat(world.buffer.submit(KEY, "wamid.1", "x").isDuplicate()).isTrue();
    assertThat(world.buffer.inspect(KEY)).isEmpty();
    assertThat(world.buffer.submit("another key", "wamid.1", "x").isDuplicate()).isFalse();
  }

  @Test
  void G13_anIdIsForgotten_whenItsRetentionSinceTheEndHasPassed() {
    world.with(b -> b.idRetention(Duration.ofSeconds(100))).start();
    world.buffer.submit(KEY, "id", "one");
    world.at(134);
    world.buffer.submit("other", "o");
    assertThat(world.buffer.submit(KEY, "id", "again").isDuplicate()).isTrue();
    world.at(135);
    world.buffer.submit("other", "o");
    assertThat(world.buffer.submit(KEY, "id", "new").isDuplicate()).isFalse();
  }

  @Test
  void G15_idsWhoseRetentionHasEnded_areCleanedUp_byTheTrafficThatFollows() {
    world.with(b -> b.idRetention(Duration.ofSeconds(100))).start();
    world.buffer.submit(KEY, "id", "one");
    world.at(36);
    assertThat(world.buffer.stats().store().rememberedIds()).isEqualTo(1);
    world.at(136);
    world.buffer.submit("other", "without an id");
    assertThat(world.buffer.stats().store().rememberedIds()).isZero();
  }

  @Test
  void G13_anIdIsForgotten_afterItsRetention_evenIfNothingElseHappened() {
    world.with(b -> b.idRetention(Duration.ofSeconds(100))).start();
    world.buffer.submit(KEY, "id", "one");
    world.at(10_000);
    assertThat(world.buffer.submit(KEY, "id", "new").isDuplicate()).isFalse();
  }

  @Test
  void G13_theSameIdTwiceInOneGroup_isStoredOnce() {
    world.start();
    var first = world.buffer.submitAsync(KEY, "id", "one");
    var second = world.buffer.submitAsync(KEY, "id", "two");
    world.clock.runReady();
    assertThat(first.toCompletableFuture()).isCompletedWithValueMatching(r -> !r.isDuplicate());
    assertThat(second.toCompletableFuture()).isCompletedWithValueMatching(Receipt::isDuplicate);
    world.at(35);
    assertThat(world.handler.payloads()).containsExactly(List.of("one"));
  }

  @Test
  void G14_faults52_aFlood_isAnsweredWithBufferFull_andADuplicateIsNeverRefused() {
    world.with(b -> b.limits(Limits.DEFAULT.pendingPerKey(2).pendingInTotal(3))).start();
    world.buffer.submit(KEY, "1", "a");
    world.submit("b");
    assertThatThrownBy(() -> world.submit("c"))
        .isInstanceOf(BufferFullException.class)
        .hasMessageContaining("nothing was stored");
    assertThat(world.buffer.submit(KEY, "1", "a").isDuplicate()).isTrue();
    world.buffer.submit("other", "d");
    assertThatThrownBy(() -> world.buffer.submit("third", "e"))
        .isInstanceOf(BufferFullException.class);
    world.at(35);
    assertThat(world.handler.payloads()).containsExactlyInAnyOrder(List.of("a", "b"), List.of("d"));
    assertThat(world.submit("f").isDuplicate()).isFalse();
  }

  @Test
  void limits_countWhatIsPending_withoutWhatTheSameTransactionHasEnded() {
    world.with(b -> b.limits(Limits.DEFAULT.pendingInTotal(1))).start();
    CompletableFuture<Void> run = new CompletableFuture<>();
    world.handler.then(batch -> run);
    world.submit("a");
    world.at(36);
    run.complete(null);
    assertThat(world.buffer.submit("other", "b").isDuplicate()).isFalse();
  }

  @Test
  void batch_tellsItsStoryAndItsPolicyIsTheOneOfItsFirstMessage() {
    world.start();
    world.handler.thenTake(Duration.ofSeconds(5));
    world.buffer.submit(KEY, "wamid.1", "a");
    world.at(36);
    assertThat(world.buffer.inspect(KEY).orElseThrow().state()).isEqualTo(KeyState.RUNNING);
    Batch<String> batch = world.handler.runs.get(0).batch();
    assertThat(batch.attempt()).isEqualTo(1);
    assertThat(batch.messages().get(0).id()).contains("wamid.1");
    assertThat(batch.messages().get(0).arrivedAt()).isEqualTo(World.START);
    assertThat(batch.id()).matches("[A-Za-z0-9_-]+-\\d+");
  }

  @Test
  void faults47_anEmptyPayload_isDeliveredEmpty() {
    world.start();
    world.submit("");
    world.at(35);
    assertThat(world.handler.payloads()).containsExactly(List.of(""));
  }
}
