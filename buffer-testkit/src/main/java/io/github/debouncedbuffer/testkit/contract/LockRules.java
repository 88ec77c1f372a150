// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.testkit.contract;

import static io.github.debouncedbuffer.testkit.contract.Samples.at;
import static io.github.debouncedbuffer.testkit.contract.Samples.running;
import static io.github.debouncedbuffer.testkit.contract.Samples.waiting;
import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.debouncedbuffer.spi.KeyRow;
import io.github.debouncedbuffer.spi.StoreException;
import io.github.debouncedbuffer.spi.StoreTransaction;
import io.github.debouncedbuffer.spi.StoreWork;
import io.github.debouncedbuffer.spi.WindowRow;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** S2: what is locked is nobody else's until the end, also when two threads use one store. */
abstract class LockRules extends TransactionRules {

  /** How long the first thread waits for the second, which a correct store lets in only later. */
  private static final int MEETING_MILLIS = 200;

  private static final int TRIES = 100;

  /** If this fails, look at the query of {@code lock}: exactly the keys asked for. */
  @Test
  public void S2_lock_givesTheRowsThatExist_andNoOthers() {
    save(waiting("a", 5), running("b"), waiting("c", 6));
    assertEquals(Map.of("a", waiting("a", 5), "b", running("b")), rows("b", "absent", "a"));
    assertEquals(Map.of(), rows("absent"));
    assertEquals(Map.of(), rows());
  }

  /** If this fails, look at {@code lock}: it makes no row for an absent key that others can see. */
  @Test
  public void S2_lockOfAnAbsentKey_leavesNothing() {
    rows("absent");
    change(tx -> assertEquals(0, tx.stats().waitingKeys()));
    assertEquals(List.of(), due(at(10_000), 10, true));
    assertEquals(Map.of(), rows("absent"));
  }

  /**
   * If this fails, look at what {@code lock} holds until the end of the transaction: another thread
   * has read the same row, and one of the two changes is lost.
   *
   * @throws Exception if a thread does not come to its end
   */
  @Test
  public void S2_lockedRow_isChangedByNobodyElse() throws Exception {
    save(counting(1));
    assertEquals(List.of(2, 3), inTwoThreads(LockRules::lock, LockRules::countUp));
  }

  /**
   * If this fails, look at how {@code lock} keeps others from creating an absent row: a lock on
   * rows that exist is not enough.
   *
   * @throws Exception if a thread does not come to its end
   */
  @Test
  public void S2_absentKey_isCreatedByNobodyElse() throws Exception {
    assertEquals(List.of(1, 2), inTwoThreads(LockRules::lock, LockRules::countUp));
  }

  /**
   * If this fails, look at what {@code lockDue} holds: the same row was given to two threads, so
   * two of them would run the same batch.
   *
   * @throws Exception if a thread does not come to its end
   */
  @Test
  public void S3_lockDue_givesARowToOneThreadOnly() throws Exception {
    save(waiting("a", 5));
    assertEquals(
        List.of(0, 1),
        inTwoThreads(
            tx -> tx.lockDue(at(5), 1, true),
            (tx, due) -> {
              due.forEach(row -> tx.save(List.of(running(row.key()))));
              return due.size();
            }));
  }

  /** Locks and changes in two threads, which meet in between, if the store lets them. */
  private List<Integer> inTwoThreads(
      Function<StoreTransaction, List<KeyRow>> lock,
      BiFunction<StoreTransaction, List<KeyRow>, Integer> change)
      throws Exception {
    var bothLocked = new CountDownLatch(2);
    StoreWork<Integer> meeting =
        tx -> {
          List<KeyRow> locked = lock.apply(tx);
          bothLocked.countDown();
          await(bothLocked);
          return change.apply(tx, locked);
        };
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try {
      List<Future<Integer>> both = new ArrayList<>();
      both.add(threads.submit(() -> retried(meeting)));
      both.add(threads.submit(() -> retried(meeting)));
      List<Integer> results = new ArrayList<>();
      for (Future<Integer> each : both) {
        results.add(each.get(60, SECONDS));
      }
      return results.stream().sorted().toList();
    } finally {
      threads.shutdownNow();
    }
  }

  /** A store may answer that somebody else holds it: then it has stored nothing. */
  private int retried(StoreWork<Integer> work) {
    for (int tries = 1; ; tries++) {
      try {
        return store.transact(work);
      } catch (StoreException e) {
        if (!e.reason().isRetryable() || tries == TRIES) {
          throw e;
        }
      }
    }
  }

  private static List<KeyRow> lock(StoreTransaction tx) {
    return List.copyOf(tx.lock(List.of("a")).values());
  }

  private static int countUp(StoreTransaction tx, List<KeyRow> locked) {
    int next = locked.isEmpty() ? 1 : locked.get(0).late() + 1;
    tx.save(List.of(counting(next)));
    return next;
  }

  private static KeyRow counting(int messages) {
    return waiting("a", at(5), new WindowRow(messages, at(0), at(0), false));
  }

  private static void await(CountDownLatch latch) {
    try {
      // In vain when the other thread is kept out, as it must be.
      latch.await(MEETING_MILLIS, MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
