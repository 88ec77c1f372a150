// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.benchmarks.postgres;

import io.github.debouncedbuffer.DebouncedBuffer;
import io.github.debouncedbuffer.Receipt;
import io.github.debouncedbuffer.benchmarks.limits.Submitters;
import io.github.debouncedbuffer.postgres.PostgresBufferStore;
import io.github.debouncedbuffer.postgres.PostgresOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
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

  private static final Duration WINDOW = Duration.ofMillis(50);
  private static final long PATIENCE_SECONDS = 60;
  private static final List<String> STEPS = List.of("submit", "claim", "complete");

  private RoundTrips() {}

  static Map<String, Double> measure(Postgres.Database database, int keys) throws Exception {
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
      List<Long> turns = List.of();
      for (int i = 0; i < TIMES; i++) {
        turns = comeAndGo(buffer, store, lane, keys);
      }
      Map<String, Double> figures = new LinkedHashMap<>();
      for (int i = 0; i < STEPS.size(); i++) {
        figures.put(STEPS.get(i), (double) turns.get(i));
      }
      return figures;
    } finally {
      lane.shutdown();
    }
  }

  /** Of the transactions that it takes, in the order of {@link #STEPS}. */
  private static List<Long> comeAndGo(
      DebouncedBuffer<String> buffer, TurnsStore store, ExecutorService lane, int keys)
      throws Exception {
    int before = store.turns().size();
    CountDownLatch together = new CountDownLatch(1);
    var unused =
        lane.submit(
            () -> {
              together.await();
              return null;
            });
    List<CompletableFuture<Receipt>> receipts = new ArrayList<>();
    for (int i = 0; i < keys; i++) {
      receipts.add(
          buffer.submitAsync("wati:5037000" + i, null, Submitters.PAYLOAD).toCompletableFuture());
    }
    together.countDown();
    for (CompletableFuture<Receipt> receipt : receipts) {
      receipt.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }
    await(store, before + STEPS.size());
    return List.copyOf(store.turns().subList(before, before + STEPS.size()));
  }

  private static void await(TurnsStore store, int transactions) throws TimeoutException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (store.turns().size() < transactions) {
      if (System.nanoTime() > end) {
        throw new TimeoutException("What was submitted is not handled after a minute");
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
    }
  }
}
