// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.behaviour;

import static io.github.debouncedbuffer.behaviour.World.KEY;
import static io.github.debouncedbuffer.behaviour.World.second;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.debouncedbuffer.BufferClosedException;
import io.github.debouncedbuffer.FollowUp;
import io.github.debouncedbuffer.Receipt;
import io.github.debouncedbuffer.WindowPolicy;
import io.github.debouncedbuffer.spi.KeyState;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The flow from submit to idle, over the store that a subclass names. */
abstract class FlowBehaviour extends Behaviour {

  @Test
  void G6_G7_aBurst_isHandedOverOnce_exactlyWhenItsFixedWindowIsDue() {
    world.start();
    Receipt first = world.submit("Do you have a room?");
    world.at(10);
    Receipt second = world.submit("For Saturday");
    world.at(34.999);
    assertThat(world.handler.runs).isEmpty();
    world.at(35);
    assertThat(world.handler.payloads())
        .containsExactly(List.of("Do you have a room?", "For Saturday"));
    assertThat(world.handler.seconds()).containsExactly(35.0);
    assertThat(first.dueAt()).contains(second(35));
    assertThat(second.dueAt()).contains(second(35));
    assertThat(second.sequence()).isGreaterThan(first.sequence());
  }

  @ParameterizedTest
  @CsvSource({
    "FROM_ARRIVAL,    46, 26, 81",
    "FROM_COMPLETION, 46, 26, 96",
    "IMMEDIATELY,     46, 26, 61",
    "FROM_ARRIVAL,    42, 28, 77",
    "FROM_COMPLETION, 42, 28, 98",
    "IMMEDIATELY,     42, 28, 63",
  })
  void G3_G8_faults1_theIncident_messageDuringTheRun_isInTheFollowUp_andTheOriginalStartIsKept(
      FollowUp timing, int lateAt, int runSeconds, double due) {
    world.with(b -> b.window(WindowPolicy.fixed(World.WINDOW).followUp(timing))).start();
    world.handler.thenTake(Duration.ofSeconds(runSeconds));
    world.submit("1");
    world.at(lateAt);
    Receipt late = world.submit("2");
    world.at(200);
    assertThat(late.late()).isTrue();
    assertThat(late.dueAt()).isEmpty();
    assertThat(world.handler.payloads()).containsExactly(List.of("1"), List.of("2"));
    assertThat(world.handler.seconds()).containsExactly(35.0, due);
    assertThat(world.handler.runs.get(1).batch().startedAt()).isEqualTo(World.START);
    assertThat(world.buffer.inspect(KEY)).isEmpty();
  }

  @Test
  void G7_quietWindow_movesWithEachMessage_butNeverBeyondMaxWait() {
    WindowPolicy quiet = WindowPolicy.quiet(Duration.ofSeconds(5), Duration.ofSeconds(12));
    world.with(b -> b.window(quiet)).start();
    for (int second = 0; second <= 12; second += 4) {
      world.at(second);
      if (second < 12) {
        world.submit("at " + second);
      }
    }
    assertThat(world.handler.payloads()).containsExactly(List.of("at 0", "at 4", "at 8"));
    assertThat(world.handler.seconds()).containsExactly(12.0);
  }

  @Test
  void G3_anEarlierDueTime_rearmsTheWakeUp() {
    world
        .with(
            b ->
                b.windows(
                    key -> WindowPolicy.fixed(Duration.ofSeconds(key.equals("quick") ? 1 : 60))))
        .start();
    world.buffer.submit("slow", "s");
    world.buffer.submit("quick", "q");
    world.at(1);
    assertThat(world.handler.payloads()).containsExactly(List.of("q"));
    world.at(60);
    assertThat(world.handler.payloads()).containsExactly(List.of("q"), List.of("s"));
  }

  @Test
  void G5_moreThanMaxBatch_isHandedOverInOrder_theRestDueAtOnce() {
    world.with(b -> b.window(WindowPolicy.fixed(World.WINDOW).maxBatch(3)).workers(1)).start();
    IntStream.range(0, 8).forEach(i -> world.buffer.submitAsync(KEY, null, "m" + i));
    world.clock.runReady();
    assertThat(world.handler.payloads())
        .containsExactly(List.of("m0", "m1", "m2"), List.of("m3", "m4", "m5"), List.of("m6", "m7"));
    assertThat(world.handler.seconds()).containsExactly(0.0, 0.0, 0.0);
  }

  @Test
  void G14_aSlowKey_delaysNoOtherKey() {
    world.start();
    world.handler.thenTake(Duration.ofHours(1));
    world.buffer.submit("slow", "s");
    world.at(1);
    world.buffer.submit("other", "o");
    world.at(36);
    assertThat(world.handler.seconds()).containsExactly(35.0, 36.0);
  }

  @Test
  void claimsAreNoFasterThanTheWorkersAllow() {
    world.with(b -> b.workers(2)).start();
    world.handler.thenTake(Duration.ofSeconds(10)).thenTake(Duration.ofSeconds(20));
    for (String key : List.of("a", "b", "c")) {
      world.buffer.submit(key, key);
    }
    world.at(44);
    assertThat(world.handler.payloads()).containsExactly(List.of("a"), List.of("b"));
    assertThat(world.buffer.inspect("c").orElseThrow().state()).isEqualTo(KeyState.WAITING);
    world.at(45);
    assertThat(world.handler.seconds()).containsExactly(35.0, 35.0, 45.0);
  }

  @Test
  void G15_anIdleKey_leavesNothing() {
    world.start();
    IntStream.range(0, 50).forEach(i -> world.buffer.submit("key " + i, "m"));
    world.at(36);
    var stored = world.buffer.stats().store();
    assertThat(stored.pendingMessages()).isZero();
    assertThat(stored.waitingKeys() + stored.runningKeys() + stored.backingOffKeys()).isZero();
    assertThat(stored.rememberedIds()).isZero();
    assertThat(world.clock.nextWakeUp()).isEmpty();
  }

  @Test
  void G17_faults17_aHandlerMaySubmitToItsOwnKey_blocking_andItIsLate() {
    world.start();
    world.handler.then(
        batch -> {
          assertThat(world.submit("from inside").late()).isTrue();
          return world.handler.after(Duration.ZERO);
        });
    world.submit("a");
    world.at(200);
    assertThat(world.handler.payloads()).containsExactly(List.of("a"), List.of("from inside"));
  }

  @Test
  void G16_faults55_afterClose_nothingIsHandedOver_andSubmitsAreRefused() {
    world.start();
    world.submit("a");
    world.buffer.close();
    world.buffer.close();
    assertThatThrownBy(() -> world.submit("b")).isInstanceOf(BufferClosedException.class);
    world.at(100);
    assertThat(world.handler.runs).isEmpty();
  }
}
