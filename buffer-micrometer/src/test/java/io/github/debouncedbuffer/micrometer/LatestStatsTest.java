// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.micrometer;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.debouncedbuffer.BufferStats;
import io.github.debouncedbuffer.Codec;
import io.github.debouncedbuffer.DebouncedBuffer;
import io.github.debouncedbuffer.WindowPolicy;
import io.github.debouncedbuffer.memory.InMemoryBufferStore;
import io.github.debouncedbuffer.spi.StoreStats;
import io.micrometer.core.instrument.MockClock;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How often the buffer is asked, and what is read while it does not answer. */
class LatestStatsTest {

  private static final Duration AGE = Duration.ofSeconds(10);

  private final MockClock clock = new MockClock();
  private final AtomicInteger asked = new AtomicInteger();

  private BufferStats counted() {
    return stats(asked.incrementAndGet());
  }

  private static BufferStats stats(int runs) {
    StoreStats nothing = new StoreStats(0, 0, 0, 0, 0, 0, null, 0);
    return new BufferStats(Optional.empty(), nothing, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, runs, 0);
  }

  private LatestStats onTheReader(Supplier<BufferStats> buffer) {
    return new LatestStats(buffer, AGE, Runnable::run, clock);
  }

  @Test
  void anAnswer_servesAllGauges_untilItIsOld() {
    LatestStats latest = onTheReader(this::counted);
    assertThat(latest.read(BufferStats::runs)).isEqualTo(1);
    clock.add(AGE.minusNanos(1));
    assertThat(latest.read(BufferStats::runs)).isEqualTo(1);
    clock.add(Duration.ofNanos(1));
    assertThat(latest.read(BufferStats::runs)).isEqualTo(2);
    assertThat(asked).hasValue(2);
  }

  @Test
  void aFailure_isNaN_andServesAsLongAsAnAnswer() {
    LatestStats latest =
        onTheReader(
            () -> {
              asked.incrementAndGet();
              throw new IllegalStateException("closed");
            });
    assertThat(latest.read(BufferStats::runs)).isNaN();
    assertThat(latest.read(BufferStats::runs)).isNaN();
    assertThat(asked).hasValue(1);
  }

  @Test
  @Timeout(30)
  void aBufferThatHangs_holdsAllGaugesUpForASecondTogether_andIsAskedOnce()
      throws InterruptedException {
    CompletableFuture<BufferStats> answer = new CompletableFuture<>();
    CountDownLatch put = new CountDownLatch(1);
    LatestStats latest =
        new LatestStats(
            () -> {
              asked.incrementAndGet();
              put.countDown();
              return answer.join();
            },
            AGE,
            task -> new Thread(task).start(),
            clock);
    long begin = System.nanoTime();
    for (int gauge = 0; gauge < 11; gauge++) {
      assertThat(latest.read(BufferStats::runs)).isNaN();
    }
    clock.add(AGE);
    assertThat(latest.read(BufferStats::runs)).isNaN();
    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(10));
    put.await();
    assertThat(asked).hasValue(1);
    answer.complete(stats(7));
    while (Double.isNaN(latest.read(BufferStats::runs))) {
      Thread.onSpinWait();
    }
    assertThat(latest.read(BufferStats::runs)).isEqualTo(7);
  }

  @Test
  void anExecutorThatRefuses_isNaN_andAskedAgainWhenThatIsOld() {
    AtomicBoolean refusing = new AtomicBoolean(true);
    LatestStats latest =
        new LatestStats(
            this::counted,
            AGE,
            task -> {
              if (refusing.get()) {
                throw new RejectedExecutionException();
              }
              task.run();
            },
            clock);
    assertThat(latest.read(BufferStats::runs)).isNaN();
    refusing.set(false);
    assertThat(latest.read(BufferStats::runs)).isNaN();
    clock.add(AGE);
    assertThat(latest.read(BufferStats::runs)).isEqualTo(1);
  }

  @Test
  void aReaderThatIsInterrupted_staysSo() {
    CompletableFuture<BufferStats> never = new CompletableFuture<>();
    LatestStats latest =
        new LatestStats(never::join, AGE, task -> ForkJoinPool.commonPool().execute(task), clock);
    Thread.currentThread().interrupt();
    assertThat(latest.read(BufferStats::runs)).isNaN();
    assertThat(Thread.interrupted()).isTrue();
    never.cancel(true);
  }

  @Test
  void theDefault_isToKeepAnAnswerForTenSeconds() {
    SimpleMeterRegistry registry = new SimpleMeterRegistry(key -> null, clock);
    DebouncedBufferMetrics metrics = DebouncedBufferMetrics.of(registry, "chat");
    try (var buffer =
        metrics.watch(
            DebouncedBuffer.builder(Codec.utf8())
                .store(new InMemoryBufferStore())
                .window(WindowPolicy.fixed(Duration.ofHours(1)))
                .handler(batch -> {})
                .listener(metrics)
                .start())) {
      assertThat(registry.get("debounced.buffer.pending").gauge().value()).isZero();
      buffer.submit(Chat.KEY, "1");
      assertThat(registry.get("debounced.buffer.pending").gauge().value()).isZero();
      clock.add(AGE.minusNanos(1));
      assertThat(registry.get("debounced.buffer.pending").gauge().value()).isZero();
      clock.add(Duration.ofNanos(1));
      assertThat(registry.get("debounced.buffer.pending").gauge().value()).isEqualTo(1);
    }
  }
}
