// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.benchmarks.postgres;

import io.github.debouncedbuffer.DebouncedBuffer;
import io.github.debouncedbuffer.WindowPolicy;
import io.github.debouncedbuffer.benchmarks.limits.Submitters;
import io.github.debouncedbuffer.benchmarks.limits.Submitters.Accepted;
import io.github.debouncedbuffer.spi.BufferStore;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.UnaryOperator;

/**
 * How many messages several nodes accept, nothing being due, and right after that how many rows as
 * many connections insert in groups of the same size.
 */
final class Acceptance {

  /** Who submits, and how fast. */
  @FunctionalInterface
  interface Load {
    Accepted on(List<DebouncedBuffer<String>> nodes)
        throws InterruptedException, ExecutionException;
  }

  /** With as many messages as fit in a batch a key would be due at once. */
  private static final WindowPolicy NEVER_DUE =
      WindowPolicy.fixed(Duration.ofHours(1)).maxBatch(10_000);

  private Acceptance() {}

  static Load waiting(int each, long nanos) {
    return nodes -> Submitters.waiting(nodes, each, Thread::new, nanos);
  }

  static Load asynchronous(long nanos) {
    return nodes -> Submitters.asynchronous(nodes, nanos);
  }

  /** Ours, what the driver does alone, and the one divided by the other. */
  static Map<String, Double> besideRaw(Path folder, int nodes, Load load, long nanos)
      throws Exception {
    LongAdder transactions = new LongAdder();
    Accepted ours = ours(folder, nodes, store -> new CountedStore(store, transactions), load);
    double group = (double) ours.messages() / transactions.sum();
    double raw;
    try (Postgres.Database database = Postgres.newDatabase(folder)) {
      int rows = Math.max(1, (int) Math.round(group));
      raw = RawInserts.perSecond(database.unpooled(), nodes, rows, nanos);
    }
    Map<String, Double> figures = new LinkedHashMap<>();
    figures.put("messages/s", ours.perSecond());
    figures.put("raw rows/s", raw);
    figures.put(SeveralNodes.OF_RAW, ours.perSecond() / raw);
    figures.put("a commit", group);
    return figures;
  }

  static Accepted ours(Path folder, int nodes, UnaryOperator<BufferStore> measured, Load load)
      throws Exception {
    try (Postgres.Database database = Postgres.newDatabase(folder);
        Nodes all = Nodes.start(database, nodes, measured, NEVER_DUE, 1, batch -> {})) {
      return load.on(all.buffers());
    }
  }
}
