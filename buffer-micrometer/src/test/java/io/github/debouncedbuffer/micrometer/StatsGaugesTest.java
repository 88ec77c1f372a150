// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.micrometer;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.debouncedbuffer.BufferStats;
import io.github.debouncedbuffer.RetryPolicy;
import io.github.debouncedbuffer.spi.StoreStats;
import io.micrometer.core.instrument.Clock;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Each gauge shows the figure that it is named after. */
class StatsGaugesTest {

  private static final Instant T0 = Instant.parse("2026-01-05T09:00:00Z");

  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

  @Test
  void theGauges_followARealBuffer() {
    List<Double> duringTheRun = new ArrayList<>();
    try (Chat chat = new Chat(registry, b -> b.retry(RetryPolicy.DEFAULT.maxAttempts(2)))) {
      assertThat(chat.gauge("oldest.pending")).isZero();
      chat.then(
          (c, batch) -> {
            duringTheRun.add(c.gauge("keys", "state", "running"));
            duringTheRun.add(c.gauge("runs"));
            throw new IllegalStateException();
          });
      chat.thenFail();
      chat.test.submit(Chat.KEY, "id-1", "1");
      chat.submit("2").advance(20);
      assertThat(chat.gauge("oldest.pending")).isEqualTo(20);
      assertThat(chat.gauge("pending")).isEqualTo(2);
      assertThat(chat.gauge("keys", "state", "waiting")).isEqualTo(1);
      assertThat(chat.gauge("remembered.ids")).isEqualTo(1);
      chat.advance(15);
      assertThat(duringTheRun).containsExactly(1.0, 1.0);
      assertThat(chat.gauge("keys", "state", "waiting")).isZero();
      assertThat(chat.gauge("keys", "state", "backing_off")).isEqualTo(1);
      chat.advance(60);
      assertThat(chat.gauge("dead.letters")).isEqualTo(1);
      assertThat(chat.gauge("oldest.pending")).isZero();
    }
  }

  @Test
  void aClosedBuffer_hasNoFigures() {
    Chat chat = new Chat(registry);
    chat.submit("1").close();
    assertThat(registry.getMeters().stream().filter(m -> m.getId().getName().contains("pending")))
        .hasSize(2)
        .allSatisfy(m -> assertThat(m.measure().iterator().next().getValue()).isNaN());
  }

  /** Those too that a buffer without a disk and without haste never shows. */
  @Test
  void noTwoFigures_areMixedUp() {
    BufferStats stats =
        new BufferStats(
            Optional.of(Duration.ofMillis(1_500)),
            new StoreStats(2, 3, 4, 5, 6, 7, T0, 8),
            101,
            102,
            103,
            104,
            105,
            106,
            107,
            108,
            109,
            110,
            9,
            10,
            11);
    new StatsGauges(
            new LatestStats(() -> stats, Duration.ZERO, Runnable::run, Clock.SYSTEM),
            Tags.of("buffer", "a"))
        .bindTo(registry);
    assertThat(value("oldest.pending")).isEqualTo(1.5);
    assertThat(value("pending")).isEqualTo(2);
    assertThat(value("keys", "state", "waiting")).isEqualTo(3);
    assertThat(value("keys", "state", "running")).isEqualTo(4);
    assertThat(value("keys", "state", "backing_off")).isEqualTo(5);
    assertThat(value("dead.letters")).isEqualTo(6);
    assertThat(value("remembered.ids")).isEqualTo(7);
    assertThat(value("log")).isEqualTo(8);
    assertThat(value("events.dropped")).isEqualTo(9);
    assertThat(value("runs")).isEqualTo(10);
    assertThat(value("queued.submits")).isEqualTo(11);
    assertThat(registry.getMeters()).hasSize(11);
  }

  @Test
  void theGauges_areKept_thoughNobodyElseHoldsThem() {
    try (Chat chat = new Chat(registry)) {
      chat.submit("1");
      System.gc();
      assertThat(chat.gauge("pending")).isEqualTo(1);
      assertThat(chat.gauge("oldest.pending")).isZero();
    }
  }

  private double value(String name, String... tags) {
    return registry.get("debounced.buffer." + name).tags(tags).gauge().value();
  }
}
