// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.behaviour;

import static io.github.debouncedbuffer.behaviour.World.KEY;
import static io.github.debouncedbuffer.behaviour.World.second;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.debouncedbuffer.WindowPolicy;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Flush, extend and discard, over the store that a subclass names. */
abstract class AskBehaviour extends Behaviour {

  @Test
  void flush_makesDueNow_andIsSticky() {
    world.start();
    world.submit("a");
    assertThat(world.buffer.flush(KEY)).isTrue();
    world.clock.runReady();
    assertThat(world.handler.payloads()).containsExactly(List.of("a"));
    assertThat(world.buffer.flush(KEY)).isFalse();
  }

  @Test
  void extend_movesOutUpToTheCap_andNeedsOneOnAFixedWindow() {
    world
        .with(
            b ->
                b.windows(
                    key ->
                        key.equals("fixed")
                            ? WindowPolicy.fixed(World.WINDOW)
                            : WindowPolicy.fixed(World.WINDOW)
                                .extendableTo(Duration.ofSeconds(50))))
        .start();
    world.submit("a");
    assertThat(world.buffer.extend(KEY, second(40))).contains(second(40));
    assertThat(world.buffer.extend(KEY, second(38))).contains(second(40));
    assertThat(world.buffer.extend(KEY, second(70))).contains(second(50));
    assertThat(world.buffer.extend("idle", second(70))).isEmpty();
    world.buffer.submit("fixed", "f");
    assertThatThrownBy(() -> world.buffer.extend("fixed", second(60)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("extendableTo");
    world.at(60);
    assertThat(world.handler.seconds()).containsExactly(35.0, 50.0);
  }

  @Test
  void discard_returnsWhatItRemoved_whileRunningOnlyTheLateOnes() {
    world.start();
    world.handler.thenTake(Duration.ofSeconds(10));
    world.submit("running");
    world.at(40);
    world.submit("late");
    assertThat(world.buffer.discard(KEY))
        .extracting(m -> new String(m.payload()))
        .containsExactly(MarkedCodec.MARK + "late");
    world.at(200);
    assertThat(world.handler.payloads()).containsExactly(List.of("running"));
    world.submit("waiting");
    assertThat(world.buffer.discard(KEY)).hasSize(1);
    assertThat(world.buffer.inspect(KEY)).isEmpty();
    assertThat(world.buffer.stats().store().pendingMessages()).isZero();
  }

  @Test
  void discard_inOneGroupWithSubmits_takesThoseBeforeItAndNoneAfter() {
    world.start();
    world.buffer.submitAsync(KEY, null, "before");
    // The blocking call is queued behind the first one and taken in the same group.
    assertThat(world.buffer.discard(KEY)).hasSize(1);
    world.submit("after");
    world.at(35);
    assertThat(world.handler.payloads()).containsExactly(List.of("after"));
  }
}
