// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.micrometer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.debouncedbuffer.Codec;
import io.github.debouncedbuffer.DebouncedBuffer;
import io.github.debouncedbuffer.DebouncedBufferBuilder;
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
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A store that fails is counted under its reason, and the gauges say that they know nothing. */
class StoreFailureTest {

  private static final class FailingStore implements BufferStore {
    private final BufferStore store = new InMemoryBufferStore("memory");
    volatile @Nullable Reason failing;
    volatile CountDownLatch open = new CountDownLatch(0);

    @Override
    public String storeId() {
      return store.storeId();
    }

    @Override
    public <R> R transact(StoreWork<R> work) {
      if (failing != null) {
        throw new StoreException(failing, "planned");
      }
      await(open);
      return store.transact(work);
    }

    @Override
    public void close() {
      store.close();
    }
  }

  private static DebouncedBufferBuilder<String> on(
      BufferStore store, DebouncedBufferMetrics metrics) {
    return DebouncedBuffer.builder(Codec.utf8())
        .store(store)
        .window(WindowPolicy.fixed(Duration.ofHours(1)))
        .handler(batch -> {})
        .listener(metrics);
  }

  @Test
  void aFailure_isCountedUnderItsReason_andTheGaugesAreNaNUntilItIsOver() {
    VirtualClock clock = VirtualClock.at(Instant.parse("2026-01-05T09:00:00Z"));
    SimpleMeterRegistry registry = new SimpleMeterRegistry();
    DebouncedBufferMetrics metrics = Chat.metrics(registry);
    FailingStore store = new FailingStore();
    try (var buffer =
        metrics.watch(
            on(store, metrics)
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

  @Test
  @Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void aStoreThatHangs_doesNotHoldUpWhoReadsAGauge() {
    SimpleMeterRegistry registry = new SimpleMeterRegistry();
    DebouncedBufferMetrics metrics = DebouncedBufferMetrics.of(registry, Chat.NAME);
    FailingStore store = new FailingStore();
    try (var buffer = metrics.watch(on(store, metrics).start())) {
      buffer.submit(Chat.KEY, "1");
      store.open = new CountDownLatch(1);
      assertThat(registry.get("debounced.buffer.pending").gauge().value()).isNaN();
      store.open.countDown();
      while (Double.isNaN(registry.get("debounced.buffer.pending").gauge().value())) {
        Thread.onSpinWait();
      }
      assertThat(registry.get("debounced.buffer.pending").gauge().value()).isEqualTo(1);
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static double failures(SimpleMeterRegistry registry, String reason) {
    return registry.get("debounced.buffer.store.failures").tag("reason", reason).counter().count();
  }
}
