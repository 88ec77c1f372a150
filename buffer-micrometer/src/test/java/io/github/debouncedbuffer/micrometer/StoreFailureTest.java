// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.micrometer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.debouncedbuffer.Codec;
import io.github.debouncedbuffer.DebouncedBuffer;
import io.github.debouncedbuffer.WindowPolicy;
import io.github.debouncedbuffer.memory.InMemoryBufferStore;
import io.github.debouncedbuffer.spi.BufferStore;
import io.github.debouncedbuffer.spi.StoreException;
import io.github.debouncedbuffer.spi.StoreException.Reason;
import io.github.debouncedbuffer.spi.StoreWork;
import io.github.debouncedbuffer.testkit.VirtualClock;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A store that fails is counted under its reason, and the gauges say that they know nothing. */
class StoreFailureTest {

  private static final class FailingStore implements BufferStore {
    private final BufferStore store = new InMemoryBufferStore("memory");
    @Nullable Reason failing;

    @Override
    public String storeId() {
      return store.storeId();
    }

    @Override
    public <R> R transact(StoreWork<R> work) {
      if (failing != null) {
        throw new StoreException(failing, "planned");
      }
      return store.transact(work);
    }

    @Override
    public void close() {
      store.close();
    }
  }

  @Test
  void aFailure_isCountedUnderItsReason_andTheGaugesAreNaNUntilItIsOver() {
    VirtualClock clock = VirtualClock.at(Instant.parse("2026-01-05T09:00:00Z"));
    SimpleMeterRegistry registry = new SimpleMeterRegistry();
    DebouncedBufferMetrics metrics = Chat.metrics(registry);
    FailingStore store = new FailingStore();
    try (var buffer =
        metrics.watch(
            DebouncedBuffer.builder(Codec.utf8())
                .store(store)
                .window(WindowPolicy.fixed(Duration.ofHours(1)))
                .handler(batch -> {})
                .listener(metrics)
                .clock(clock)
                .executor(clock.executor())
                .commitExecutor(clock.executor())
                .start())) {
      store.failing = Reason.FULL;
      assertThatThrownBy(() -> buffer.submit(Chat.KEY, "1")).isInstanceOf(StoreException.class);
      assertThat(registry.get("debounced.buffer.pending").gauge().value()).isNaN();
      store.failing = null;
      assertThat(registry.get("debounced.buffer.pending").gauge().value()).isZero();
      clock.runReady();
      assertThat(failures(registry, "full")).isPositive();
      assertThat(failures(registry, "full")).isEqualTo(buffer.stats().storeFailures());
      assertThat(failures(registry, "busy")).isZero();
    }
  }

  private static double failures(SimpleMeterRegistry registry, String reason) {
    return registry.get("debounced.buffer.store.failures").tag("reason", reason).counter().count();
  }
}
