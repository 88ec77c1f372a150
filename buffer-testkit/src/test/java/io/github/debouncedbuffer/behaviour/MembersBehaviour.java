// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.behaviour;

import static io.github.debouncedbuffer.behaviour.World.KEY;
import static io.github.debouncedbuffer.behaviour.World.second;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.debouncedbuffer.Batch;
import io.github.debouncedbuffer.BatchInfo;
import io.github.debouncedbuffer.BufferClosedException;
import io.github.debouncedbuffer.BufferListener;
import io.github.debouncedbuffer.DeadLetter;
import io.github.debouncedbuffer.StaleBatchException;
import io.github.debouncedbuffer.WindowPolicy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Members of a running batch that come and go, over the store that a subclass names. */
abstract class MembersBehaviour extends Behaviour {

  private final CompletableFuture<Void> end = new CompletableFuture<>();

  @Override
  void prepare() {
    world.with(b -> b.retry(THREE).windows(key -> WindowPolicy.fixed(World.WINDOW).maxBatch(4)));
  }

  /** A batch of "1" and "2" that runs until {@link #end} does. */
  private Batch<String> running() {
    world.start();
    world.handler.then(batch -> end);
    world.submit("1");
    world.at(10);
    world.submit("2");
    world.at(36);
    return world.handler.runs.get(0).batch();
  }

  @Test
  void absorb_takesLateMessagesIn_underANewId_andTheyAreHandledWithTheOthers() {
    Batch<String> batch = running();
    assertThat(batch.hasNewer()).isFalse();
    assertThat(batch.absorb()).isSameAs(batch);
    world.submit("3");
    assertThat(batch.hasNewer()).isTrue();
    Batch<String> grown = batch.absorb();
    assertThat(grown.payloads()).containsExactly("1", "2", "3");
    assertThat(batch.payloads()).containsExactly("1", "2");
    assertThat(grown.id()).isNotEqualTo(batch.id());
    assertThat(grown.attempt()).isEqualTo(1);
    assertThat(grown.openedAt()).isEqualTo(batch.openedAt());
    assertThat(grown.hasNewer()).isFalse();
    assertThat(world.buffer.inspect(KEY).orElseThrow().batchId()).contains(grown.id());
    end.complete(null);
    world.at(600);
    assertThat(world.handler.runs).hasSize(1);
    assertThat(world.buffer.inspect(KEY)).isEmpty();
  }

  @Test
  void absorb_takesWhatThereIsRoomFor_andTheRestIsTheFollowUp() {
    Batch<String> batch = running();
    world.submit("3");
    world.at(40);
    world.submit("4");
    world.at(45);
    world.submit("5");
    Batch<String> grown = batch.absorb();
    assertThat(grown.payloads()).containsExactly("1", "2", "3", "4");
    assertThat(grown.absorb()).isSameAs(grown);
    end.complete(null);
    world.at(600);
    assertThat(world.handler.payloads().get(1)).containsExactly("5");
    assertThat(world.handler.seconds()).containsExactly(35.0, 45.0 + 35.0);
  }

  @Test
  void absorbedMessages_areInTheBatchOnItsNextAttempt_underTheIdThatTheHandlerSaw() {
    Batch<String> batch = running();
    world.submit("3");
    Batch<String> grown = batch.absorb();
    end.completeExceptionally(new IllegalStateException("planned"));
    world.at(600);
    Batch<String> again = world.handler.runs.get(1).batch();
    assertThat(again.payloads()).containsExactly("1", "2", "3");
    assertThat(again.id()).isEqualTo(grown.id());
    assertThat(again.attempt()).isEqualTo(2);
  }

  @Test
  void absorbedMessages_areInTheStore_soThatACrashKeepsThem() {
    Batch<String> batch = running();
    world.submit("3");
    Batch<String> grown = batch.absorb();
    world.crash(Duration.ofSeconds(1));
    world.at(600);
    Batch<String> again = world.handler.runs.get(1).batch();
    assertThat(again.payloads()).containsExactly("1", "2", "3");
    assertThat(again.id()).isEqualTo(grown.id());
  }

  @Test
  void onALaterAttempt_theMembersAreFrozen() {
    world.start();
    world.handler.thenThrow(new IllegalStateException("planned")).then(batch -> end);
    world.submit("1");
    world.at(60);
    world.submit("2");
    Batch<String> second = world.handler.runs.get(1).batch();
    assertThatThrownBy(second::absorb).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> second.acknowledge(1)).isInstanceOf(IllegalStateException.class);
    second.ensureCurrent();
  }

  @Test
  void onceTheReplyIsCleared_nothingJoins_andABatchThatHasGrownIsStale() {
    Batch<String> batch = running();
    world.submit("3");
    Batch<String> grown = batch.absorb();
    assertThatThrownBy(batch::ensureCurrent).isInstanceOf(StaleBatchException.class);
    assertThatThrownBy(batch::absorb).isInstanceOf(StaleBatchException.class);
    grown.ensureCurrent();
    world.submit("4");
    assertThatThrownBy(grown::absorb)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("ensureCurrent");
    end.complete(null);
    world.at(600);
    assertThat(world.handler.payloads().get(1)).containsExactly("4");
  }

  @Test
  void acknowledge_afterANormalReturn_leavesTheRestFirstInLine_atOnceAndAtAttemptOne() {
    Batch<String> batch = running();
    world.submit("late");
    batch.acknowledge(1);
    world.handler.then(rest -> new CompletableFuture<>());
    end.complete(null);
    world.at(36);
    Batch<String> rest = world.handler.runs.get(1).batch();
    assertThat(rest.payloads()).containsExactly("2");
    assertThat(rest.attempt()).isEqualTo(1);
    assertThat(rest.id()).isNotEqualTo(batch.id());
    assertThat(rest.openedAt()).isEqualTo(second(10));
    assertThat(rest.startedAt()).isEqualTo(second(0));
    assertThat(world.buffer.inspect(KEY).orElseThrow().pending()).isEqualTo(2);
    assertThat(world.buffer.inspect(KEY).orElseThrow().late()).isEqualTo(1);
  }

  @Test
  void acknowledge_beforeAThrow_makesTheRestBackOff_withItsAttemptKept() {
    Batch<String> batch = running();
    batch.acknowledge(1);
    end.completeExceptionally(new IllegalStateException("planned"));
    world.at(36.5);
    assertThat(world.buffer.inspect(KEY).orElseThrow().attempt()).hasValue(1);
    assertThat(world.buffer.inspect(KEY).orElseThrow().pending()).isEqualTo(1);
    world.at(600);
    Batch<String> rest = world.handler.runs.get(1).batch();
    assertThat(rest.payloads()).containsExactly("2");
    assertThat(rest.attempt()).isEqualTo(2);
  }

  @Test
  void acknowledge_onTheOnlyAttempt_buriesTheRestAlone() {
    world.with(b -> b.retry(THREE.maxAttempts(1)));
    Batch<String> batch = running();
    batch.acknowledge(1);
    end.completeExceptionally(new IllegalStateException("planned"));
    world.at(600);
    assertThat(world.buffer.deadLetters(0, 10))
        .singleElement()
        .satisfies(letter -> assertThat(letter.messages()).hasSize(1));
    assertThat(world.buffer.stats().store().pendingMessages()).isZero();
  }

  @Test
  void acknowledge_ofAll_isHandled_evenIfTheHandlerThrows() {
    Batch<String> batch = running();
    batch.acknowledge(2);
    end.completeExceptionally(new IllegalStateException("planned"));
    world.at(600);
    assertThat(world.handler.runs).hasSize(1);
    assertThat(world.buffer.inspect(KEY)).isEmpty();
  }

  @Test
  void acknowledge_isAPrefix_thatOnlyGrows() {
    Batch<String> batch = running();
    assertThatThrownBy(() -> batch.acknowledge(0)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> batch.acknowledge(3)).isInstanceOf(IllegalArgumentException.class);
    batch.acknowledge(2);
    assertThatThrownBy(() -> batch.acknowledge(1)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void whileTheBufferCloses_aReplyMayGo_untilTheRunsTimeIsOver() {
    Batch<String> batch = running();
    world.buffer.closeAsync(Duration.ofSeconds(10));
    world.at(40);
    batch.ensureCurrent();
    world.at(46);
    assertThatThrownBy(batch::ensureCurrent)
        .isInstanceOf(BufferClosedException.class)
        .hasMessageContaining("handed over again after the next start");
    world.at(60);
    assertThatThrownBy(batch::absorb).isInstanceOf(BufferClosedException.class);
    assertThatThrownBy(batch::hasNewer).isInstanceOf(BufferClosedException.class);
  }

  @Test
  void aRestThatDies_isToldUnderTheIdThatItsDeadLetterHas() {
    List<BatchInfo> told = new ArrayList<>();
    BufferListener listener =
        new BufferListener() {
          @Override
          public void deadLettered(BatchInfo batch, DeadLetter.Reason reason, Instant at) {
            told.add(batch);
          }
        };
    world.with(b -> b.retry(THREE.maxAttempts(1)).listener(listener));
    running().acknowledge(1);
    end.completeExceptionally(new IllegalStateException("planned"));
    world.at(600);
    long letter = world.buffer.deadLetters(0, 10).get(0).id();
    assertThat(told)
        .singleElement()
        .satisfies(batch -> assertThat(batch.id()).endsWith("-" + letter))
        .satisfies(batch -> assertThat(batch.messages()).isEqualTo(1));
  }
}
