// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.postgres;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;

import io.github.debouncedbuffer.spi.BatchRow;
import io.github.debouncedbuffer.spi.KeyRow;
import io.github.debouncedbuffer.spi.KeyState;
import io.github.debouncedbuffer.spi.NewMessage;
import io.github.debouncedbuffer.spi.PolicyRow;
import io.github.debouncedbuffer.spi.StoreTransaction;
import io.github.debouncedbuffer.spi.WindowRow;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;

/** Two store objects over one schema, as two nodes have them, and rows to put in. */
abstract class TwoNodes {

  static final String KEY = "wati:50370000001";
  static final String OTHER = "wati:50370000002";
  static final Instant T0 = Instant.parse("2026-01-02T03:04:05.123456789Z");

  final PostgresOptions options = Server.newSchema().withLockTimeout(Duration.ofSeconds(20));
  private final DataSource source = Server.source(options.schema());
  final PostgresBufferStore a = PostgresBufferStore.open(source, options);
  final PostgresBufferStore b = PostgresBufferStore.open(source, options);
  private final ExecutorService threads = Executors.newCachedThreadPool();

  @AfterEach
  void closeBoth() {
    threads.shutdownNow();
    a.close();
    b.close();
  }

  static Instant at(long seconds) {
    return T0.plusSeconds(seconds);
  }

  static KeyRow waiting(String key, int messages, Instant dueAt) {
    WindowRow window = new WindowRow(messages, at(0), at(0), false);
    return new KeyRow(key, KeyState.WAITING, at(0), at(0), dueAt, null, policy(), window, null, 0);
  }

  static KeyRow running(String key, Instant leaseUntil) {
    BatchRow batch = new BatchRow(1, 1, 1, 1, 1, at(0), at(0), false, leaseUntil);
    return new KeyRow(key, KeyState.RUNNING, at(0), at(0), null, null, policy(), null, batch, 0);
  }

  private static PolicyRow policy() {
    return new PolicyRow(false, Duration.ofSeconds(1), Duration.ofSeconds(2), 20, "IMMEDIATELY");
  }

  static NewMessage message(String key, String id) {
    return new NewMessage(key, id, at(0), id.getBytes(UTF_8));
  }

  static boolean change(PostgresBufferStore store, Consumer<StoreTransaction> work) {
    return store.transact(
        tx -> {
          work.accept(tx);
          return true;
        });
  }

  static int late(StoreTransaction tx) {
    KeyRow row = tx.lock(List.of(KEY)).get(KEY);
    return row == null ? 0 : row.late();
  }

  static void countUp(StoreTransaction tx) {
    tx.save(List.of(waiting(KEY, late(tx) + 1, at(5))));
  }

  /** Work of a transaction that is going on, in a thread of its own, until it is let go. */
  final class Held {
    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch letGo = new CountDownLatch(1);
    private final Future<Boolean> end;

    Held(PostgresBufferStore store, Consumer<StoreTransaction> first) throws Exception {
      end =
          inThread(
              () ->
                  change(
                      store,
                      tx -> {
                        first.accept(tx);
                        tx.pendingMessages(); // has to have sent what was written
                        begun.countDown();
                        await(letGo);
                      }));
      if (!begun.await(30, SECONDS)) {
        throw new AssertionError("the transaction has not begun");
      }
    }

    void commit() throws Exception {
      letGo.countDown();
      end.get(30, SECONDS);
    }
  }

  <T> CompletableFuture<T> inThread(Supplier<T> task) {
    return CompletableFuture.supplyAsync(task, threads);
  }

  /** Until somebody waits for a lock in this test's schema; a twin without locks never ends. */
  void awaitWaiting(int backends) {
    long deadline = System.nanoTime() + SECONDS.toNanos(30);
    String waiting =
        "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND query LIKE '%"
            + options.schema()
            + "%'";
    while (Integer.parseInt(Server.value(waiting)) < backends) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("nobody waits");
      }
      Thread.onSpinWait();
    }
  }

  static void await(CountDownLatch latch) {
    try {
      if (!latch.await(30, SECONDS)) {
        throw new AssertionError("waited in vain");
      }
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
