// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.benchmarks.small;

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
 * What a group of submits and a group of completions ask of a store. Each begins with a store that
 * nothing piles up in; what is needed for that is not timed, but its bytes are counted in.
 */
@BenchmarkMode(Mode.AverageTime)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class TransactionBenchmark {

  /** Extended, not handed on: JMH would give each who asks for one a group of his own. */
  @State(Scope.Thread)
  public static class Group {

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
    private long last;

    /** Empty. */
    @Setup
    public void open() throws IOException {
      store = state.open(kind);
      arriving = Samples.messages(messages);
      rows = Samples.rowsOf(arriving);
      keys = rows.stream().map(KeyRow::key).toList();
    }

    /** With its files. */
    @TearDown
    public void close() throws IOException {
      state.close();
    }

    long append() {
      long first =
          store.transact(
              transaction -> {
                long appended = transaction.append(arriving);
                transaction.save(rows);
                return appended;
              });
      last = first + messages - 1;
      return first;
    }

    long delete() {
      if (last == 0) {
        throw new IllegalStateException("nothing was appended to this store");
      }
      return store.transact(
          transaction -> {
            transaction.delete(
                keys.stream().map(key -> MessageRange.through(key, last)).toList(), Samples.T0);
            transaction.remove(keys);
            return last;
          });
    }
  }

  /** Takes out, each time, what came in. */
  @State(Scope.Thread)
  public static class Emptied extends Group {

    /** Not timed. */
    @TearDown(Level.Invocation)
    public void empty() {
      delete();
    }
  }

  /** Puts in, each time, what is to go. */
  @State(Scope.Thread)
  public static class Filled extends Group {

    /** Not timed. */
    @Setup(Level.Invocation)
    public void fill() {
      append();
    }
  }

  /** Submits. */
  @Benchmark
  public long appendAndSave(Emptied group) {
    return group.append();
  }

  /** Completions. */
  @Benchmark
  public long deleteAndRemove(Filled group) {
    return group.delete();
  }
}
