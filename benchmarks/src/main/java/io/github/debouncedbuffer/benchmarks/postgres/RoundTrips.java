// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.benchmarks.postgres;

import static java.util.Objects.requireNonNull;

import io.github.debouncedbuffer.DebouncedBuffer;
import io.github.debouncedbuffer.WindowPolicy;
import io.github.debouncedbuffer.benchmarks.limits.Submitters;
import io.github.debouncedbuffer.postgres.PostgresBufferStore;
import io.github.debouncedbuffer.postgres.PostgresOptions;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * How often a transaction waits for the server's answer: one that stores a group of messages, each
 * of another key, one that claims all of these keys, and one that completes them all.
 */
final class RoundTrips {

  /** What the driver asks once for a connection is asked in the first ones. */
  private static final int TIMES = 3;

  private static final WindowPolicy WINDOW = WindowPolicy.fixed(Duration.ofMillis(50));
  private static final long PATIENCE_SECONDS = 60;

  /** What the store is asked in this transaction and in no other. */
  private static final Map<String, String> STEPS = new LinkedHashMap<>();

  static {
    STEPS.put("submit", "append");
    STEPS.put("claim", "nextTokens");
    STEPS.put("complete", "delete");
  }

  private RoundTrips() {}

  static Map<String, Double> measure(Postgres.Database database, int keys)
      throws InterruptedException, TimeoutException {
    PGSimpleDataSource source = database.unpooled();
    source.setSocketFactory(Turns.class.getName());
    TurnsStore store = new TurnsStore(PostgresBufferStore.open(source, PostgresOptions.defaults()));
    ExecutorService lane = Executors.newSingleThreadExecutor();
    try (DebouncedBuffer<String> buffer =
        Nodes.buffer(store, WINDOW)
            .workers(keys)
            .commitExecutor(lane)
            .executor(Runnable::run) // the lane has all ends of runs before it goes on
            .handler(batch -> {})
            .start()) {
      for (int i = 0; i < TIMES; i++) {
        store.turns().clear();
        submitTogether(buffer, lane, keys);
        await(store);
      }
      Map<String, Double> figures = new LinkedHashMap<>();
      STEPS.forEach(
          (step, asked) ->
              figures.put(step, requireNonNull(store.turns().get(asked)).doubleValue()));
      return figures;
    } finally {
      lane.shutdown();
    }
  }

  /** The lane, when it has done what was to be done, is held up until all are in its queue. */
  private static void submitTogether(DebouncedBuffer<String> buffer, ExecutorService lane, int keys)
      throws InterruptedException {
    CountDownLatch held = new CountDownLatch(1);
    CountDownLatch together = new CountDownLatch(1);
    var unusedTask =
        lane.submit(
            () -> {
              held.countDown();
              together.await();
              return null;
            });
    held.await();
    for (int i = 0; i < keys; i++) {
      var unusedReceipt = buffer.submitAsync("wati:5037000" + i, null, Submitters.PAYLOAD);
    }
    together.countDown();
  }

  private static void await(TurnsStore store) throws TimeoutException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (!store.turns().keySet().containsAll(STEPS.values())) {
      if (System.nanoTime() > end) {
        throw new TimeoutException("What was submitted is not handled after a minute");
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
    }
  }
}
