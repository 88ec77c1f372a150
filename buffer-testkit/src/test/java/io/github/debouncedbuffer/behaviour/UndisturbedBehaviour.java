// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.debouncedbuffer.OnLate;
import io.github.debouncedbuffer.SupersededException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Runs to which late messages do nothing, though they may supersede others. */
abstract class UndisturbedBehaviour extends SupersedingBehaviour {

  @Test
  void aRunThatReturnsNormally_isHandled_whateverCame() {
    world.start();
    world.handler.thenTake(Duration.ofSeconds(20));
    world.submit("1");
    world.at(42);
    world.submit("2");
    world.at(200);
    assertThat(world.handler.payloads()).containsExactly(List.of("1"), List.of("2"));
  }

  @Test
  void onceTheReplyIsCleared_nothingSupersedesIt() {
    world.start();
    List<String> told = new ArrayList<>();
    world.handler.then(
        batch -> {
          batch.superseded().thenRun(() -> told.add("superseded"));
          batch.ensureCurrent();
          return world.handler.after(Duration.ofSeconds(20)).thenRun(batch::ensureCurrent);
        });
    world.submit("1");
    world.at(42);
    world.submit("2");
    world.at(200);
    assertThat(told).isEmpty();
    assertThat(world.handler.payloads()).containsExactly(List.of("1"), List.of("2"));
  }

  @Test
  void aSupersededExceptionThatIsNotAllowed_isAFailure() {
    world.start();
    world.handler.then(
        batch -> {
          batch.ensureCurrent();
          throw new SupersededException("after the reply was cleared");
        });
    world.handler.thenThrow(new SupersededException("on the second attempt"));
    world.submit("1");
    world.at(600);
    assertThat(world.handler.runs).extracting(r -> r.batch().attempt()).containsExactly(1, 2, 3);
    assertThat(world.handler.runs).extracting(r -> r.batch().id()).containsOnly(firstId());
    assertThat(world.buffer.stats().failed()).isEqualTo(2);
  }

  private String firstId() {
    return world.handler.runs.get(0).batch().id();
  }

  @Test
  void whereLateMessagesAreCollected_theSameExceptionIsAFailure_andNobodyIsTold() {
    world.with(b -> b.retry(THREE).onLate(OnLate.collect())).start();
    List<String> told = new ArrayList<>();
    world.handler.then(
        batch -> {
          batch.superseded().thenRun(() -> told.add("superseded"));
          return world
              .handler
              .after(Duration.ofSeconds(20))
              .thenRun(
                  () -> {
                    batch.ensureCurrent(); // passes, for late messages wait
                    throw new SupersededException("all the same");
                  });
        });
    world.submit("1");
    world.at(42);
    world.submit("2");
    world.at(300);
    assertThat(told).isEmpty();
    assertThat(world.handler.payloads()).containsExactly(List.of("1"), List.of("1"), List.of("2"));
  }

  @Test
  void aFullBatch_isNotSuperseded_forNothingLateCouldJoinIt() {
    startWithBatchesOf(2);
    world.handler.then(replyAfter(20));
    world.submit("1");
    world.submit("2");
    world.at(5);
    world.submit("3");
    world.at(100);
    assertThat(world.handler.payloads()).containsExactly(List.of("1", "2"), List.of("3"));
    assertThat(world.buffer.stats().superseded()).isZero();
  }
}
