// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.benchmarks.small;

import io.github.debouncedbuffer.benchmarks.scale.Stores;
import io.github.debouncedbuffer.memory.InMemoryBufferStore;
import io.github.debouncedbuffer.spi.BufferStore;
import io.github.debouncedbuffer.spi.KeyRow;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** Finding out what is due, among few keys and among many: a transaction each time. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class DueBenchmark {

  private static final int DUE = 32;

  /** Which store. */
  @Param({"MEMORY", "SQLITE"})
  public Stores kind = Stores.MEMORY;

  /** How many keys wait. */
  @Param({"1000", "100000"})
  public int keys;

  private final StoreState state = new StoreState();
  private BufferStore store = new InMemoryBufferStore();

  /** With that many rows. */
  @Setup
  public void open() throws IOException {
    store = state.open(kind);
    StoreState.change(store, transaction -> transaction.save(Samples.waiting(keys)));
  }

  /** With its files. */
  @TearDown
  public void close() throws IOException {
    state.close();
  }

  /** When to wake. */
  @Benchmark
  public Optional<Instant> nextDue() {
    return store.transact(transaction -> transaction.nextDue(true));
  }

  /** What a claim reads: as many rows as there are workers by default, of as many that are due. */
  @Benchmark
  public List<KeyRow> lockDue() {
    return store.transact(
        transaction -> transaction.lockDue(Samples.T0.plusSeconds(DUE - 1), DUE, true));
  }
}
