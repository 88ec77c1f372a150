// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.benchmarks.small;

import static java.util.Objects.requireNonNull;

import io.github.debouncedbuffer.Codec;
import io.github.debouncedbuffer.DebouncedBuffer;
import io.github.debouncedbuffer.Receipt;
import io.github.debouncedbuffer.WindowPolicy;
import io.github.debouncedbuffer.memory.InMemoryBufferStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** From submitAsync to the receipt, in memory; nothing is due. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class SubmitBenchmark {

  private static final int KEYS = 2_000;
  private static final int TOGETHER = 64;

  private @Nullable DebouncedBuffer<String> buffer;
  private int count;

  /** A new one for each iteration, so that messages do not pile up for longer. */
  @Setup(Level.Iteration)
  public void start() {
    buffer =
        DebouncedBuffer.builder(Codec.utf8())
            .store(new InMemoryBufferStore())
            .window(WindowPolicy.fixed(Duration.ofHours(1)))
            .handler(batch -> {})
            .start();
  }

  /** Without waiting for windows. */
  @TearDown(Level.Iteration)
  public void close() {
    requireNonNull(buffer).close();
  }

  /** Alone: two threads' handshakes with each. */
  @Benchmark
  public Receipt alone() {
    return submit().join();
  }

  /** With company: the time for one of them. */
  @Benchmark
  @OperationsPerInvocation(TOGETHER)
  public Receipt together() {
    List<CompletableFuture<Receipt>> receipts = new ArrayList<>(TOGETHER);
    for (int i = 0; i < TOGETHER; i++) {
      receipts.add(submit());
    }
    receipts.forEach(CompletableFuture::join);
    return receipts.get(0).join();
  }

  private CompletableFuture<Receipt> submit() {
    String key = Samples.key(count++ % KEYS);
    return requireNonNull(buffer).submitAsync(key, null, Samples.TEXT).toCompletableFuture();
  }
}
