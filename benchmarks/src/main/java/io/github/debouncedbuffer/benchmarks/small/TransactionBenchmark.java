// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.benchmarks.small;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import io.github.debouncedbuffer.benchmarks.scale.Stores;
import io.github.debouncedbuffer.memory.InMemoryBufferStore;
import io.github.debouncedbuffer.spi.BufferStore;
import io.github.debouncedbuffer.spi.KeyRow;
import io.github.debouncedbuffer.spi.MessageRange;
import io.github.debouncedbuffer.spi.NewMessage;
import java.io.IOException;
import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What a group of submits and a group of completions ask of a store. Short iterations: what piles
 * up in one of them stays small, or the garbage collector would be what is measured.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@Warmup(iterations = 30, time = 100, timeUnit = MILLISECONDS)
@Measurement(iterations = 30, time = 100, timeUnit = MILLISECONDS)
public class TransactionBenchmark {

  /** Which store. */
  @Param({"MEMORY", "SQLITE"})
  public Stores kind = Stores.MEMORY;

  /** How many in one transaction. */
  @Param({"1", "64", "1000"})
  public int messages;

  private final StoreState state = new StoreState();
  private BufferStore store = new InMemoryBufferStore();
  private List<NewMessage> arriving = List.of();
  private List<KeyRow> rows = List.of();
  private List<String> keys = List.of();

  /** Empty at the start of each iteration, so that it does not grow from one to the next. */
  @Setup(Level.Iteration)
  public void open() throws IOException {
    store = state.open(kind);
    arriving = Samples.messages(messages);
    rows = Samples.rowsOf(arriving);
    keys = rows.stream().map(KeyRow::key).toList();
  }

  /** With its files. */
  @TearDown(Level.Iteration)
  public void close() throws IOException {
    state.close();
  }

  /** One transaction. Within an iteration the messages pile up. */
  @Benchmark
  public long appendAndSave() {
    return store.transact(
        transaction -> {
          long first = transaction.append(arriving);
          transaction.save(rows);
          return first;
        });
  }

  /** Two transactions; the store is empty again after them. */
  @Benchmark
  public long appendAndSave_deleteAndRemove() {
    long first = appendAndSave();
    long last = first + messages - 1;
    StoreState.change(
        store,
        transaction -> {
          transaction.delete(
              keys.stream().map(key -> MessageRange.through(key, last)).toList(), Samples.T0);
          transaction.remove(keys);
        });
    return first;
  }
}
