// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Closing while handlers run, over the store that a subclass names. */
abstract class CloseBehaviour extends Behaviour {

  @Override
  void prepare() {
    world.with(b -> b.retry(THREE));
  }

  @Test
  void running_close_waitsForTheHandler_andItsCompletionStands() {
    world.start();
    world.handler.thenTake(Duration.ofSeconds(20));
    world.submit("a");
    world.at(40);
    world.submit("late");
    world.restart();
    assertThat(world.clock.now()).isEqualTo(World.second(55));
    world.at(200);
    assertThat(world.handler.payloads()).containsExactly(List.of("a"), List.of("late"));
    assertThat(world.handler.seconds()).containsExactly(35.0, 75.0);
  }

  @Test
  void faults54_running_closeBeyondItsLimit_cancels_andThatAttemptIsNotCounted() {
    world.start();
    world.handler.then(batch -> new CompletableFuture<>());
    world.submit("a");
    world.at(40);
    world.restart();
    assertThat(world.clock.now()).isEqualTo(World.second(70));
    world.clock.runReady();
    assertThat(world.handler.seconds()).containsExactly(35.0, 70.0);
    assertThat(world.handler.runs.get(1).batch().attempt()).isEqualTo(1);
    assertThat(world.handler.runs.get(1).batch().id())
        .isEqualTo(world.handler.runs.get(0).batch().id());
  }

  @Test
  void faults54_running_aHandlerThatNeverReturns_doesNotHoldUpClose_andIsTakenOver()
      throws Exception {
    world.start();
    CompletableFuture<Void> deaf =
        new CompletableFuture<>() {
          @Override
          public boolean cancel(boolean mayInterrupt) {
            return false;
          }
        };
    world.handler.then(batch -> deaf);
    world.submit("a");
    world.at(40);
    var closed = world.buffer.closeAsync(Duration.ofSeconds(5)).toCompletableFuture();
    world.at(47);
    assertThat(closed).isCompletedWithValue(1);
    world.restart();
    world.at(60);
    assertThat(world.handler.runs.get(1).batch().attempt()).isEqualTo(2);
  }

  @Test
  void G17_faults18_aHandlerMayClose_itTakesEffectWhenItsRunHasEnded() {
    world.start();
    world.handler.then(
        batch -> {
          world.buffer.close();
          return CompletableFuture.completedFuture(null);
        });
    world.submit("closes");
    world.buffer.submit("other", "o");
    world.at(60);
    world.restart();
    world.at(100);
    assertThat(world.handler.payloads()).containsOnlyOnce(List.of("closes"));
    assertThat(world.handler.payloads()).contains(List.of("o"));
  }

  @Test
  void faults41_aClockThatWasSetForward_losesNothing() {
    world.start();
    world.submit("a");
    world.crash(Duration.ofDays(400));
    assertThat(world.handler.payloads()).containsExactly(List.of("a"));
  }

  @Test
  void G16_faults56_closeAgain_doesNothing() {
    world.start();
    world.submit("a");
    world.buffer.close();
    world.buffer.close();
    world.restart();
    world.at(35);
    assertThat(world.handler.payloads()).containsExactly(List.of("a"));
  }
}
