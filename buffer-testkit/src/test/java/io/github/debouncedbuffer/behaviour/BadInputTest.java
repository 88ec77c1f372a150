// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.behaviour;

import static io.github.debouncedbuffer.behaviour.World.KEY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.debouncedbuffer.Codec;
import io.github.debouncedbuffer.DebouncedBuffer;
import io.github.debouncedbuffer.Limits;
import io.github.debouncedbuffer.RetryPolicy;
import io.github.debouncedbuffer.WindowPolicy;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Whatever is out of range is refused before it is stored, with the value and the rule. */
class BadInputTest {

  private final World world = new World(new StoreFixture.Memory());

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void faults43_faults46_badInput_isRefusedBeforeItIsStored_withAMessageThatNamesTheRule() {
    world.reading(Codec.utf8()).with(b -> b.limits(Limits.DEFAULT.payloadBytes(3))).start();
    for (String bad : new String[] {"", "x".repeat(513), "\uD800", "a\0b", null}) {
      assertThatThrownBy(() -> world.buffer.submit(bad, "p"))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("key");
    }
    assertThatThrownBy(() -> world.buffer.submit(KEY, "", "p")).hasMessageContaining("messageId");
    assertThatThrownBy(() -> world.submit("four")).hasMessageContaining("limit is 3");
    assertThatThrownBy(() -> world.submit("\uD800")).hasMessageContaining("codec");
    assertThatThrownBy(() -> world.submit(null)).hasMessageContaining("payload");
    assertThat(world.submit("")).isNotNull();
    assertThat(world.buffer.submit("é".repeat(256), "p")).isNotNull();
    assertThat(world.buffer.stats().store().pendingMessages()).isEqualTo(2);
  }

  @Test
  void faults58_aCodecThatReturnsNull_refusesTheSubmit() {
    world
        .reading(
            new Codec<>() {
              @Override
              public byte[] encode(String payload) {
                return null;
              }

              @Override
              public String decode(byte[] bytes) {
                return "";
              }
            })
        .start();
    assertThatThrownBy(() -> world.submit("a"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("codec returned null");
    assertThat(world.buffer.inspect(KEY)).isEmpty();
  }

  @Test
  void aPolicyFunctionThatThrows_refusesTheSubmit() {
    world
        .with(
            b ->
                b.windows(
                    key -> {
                      throw new IllegalStateException("no policy");
                    }))
        .start();
    assertThatThrownBy(() -> world.submit("a")).isInstanceOf(IllegalArgumentException.class);
    assertThat(world.buffer.inspect(KEY)).isEmpty();
  }

  @Test
  void faults49_durationsAndCounts_areCheckedWhereTheyAreGiven() {
    assertThatThrownBy(() -> WindowPolicy.fixed(Duration.ZERO)).hasMessageContaining("PT0S");
    assertThatThrownBy(() -> WindowPolicy.fixed(Duration.ofSeconds(Long.MAX_VALUE)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> WindowPolicy.quiet(Duration.ofSeconds(10), Duration.ofSeconds(5)))
        .hasMessageContaining("maxWait PT5S must be at least the wait of PT10S");
    assertThatThrownBy(() -> WindowPolicy.fixed(World.WINDOW).maxBatch(0))
        .hasMessageContaining("maxBatch 0");
    assertThatThrownBy(() -> RetryPolicy.DEFAULT.maxAttempts(0)).hasMessageContaining("from 1");
    assertThatThrownBy(() -> RetryPolicy.DEFAULT.jitter(Double.NaN)).hasMessageContaining("NaN");
    assertThatThrownBy(() -> Limits.DEFAULT.pendingPerKey(0)).hasMessageContaining("from 1");
    assertThatThrownBy(() -> DebouncedBuffer.builder(Codec.utf8()).workers(0))
        .hasMessageContaining("workers 0");
    assertThatThrownBy(() -> DebouncedBuffer.builder(Codec.utf8()).start())
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("store is not set");
  }

  @Test
  void extend_tooFarAhead_isRefused() {
    world.start();
    assertThatThrownBy(() -> world.buffer.extend(KEY, World.START.plus(Duration.ofDays(366))))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
