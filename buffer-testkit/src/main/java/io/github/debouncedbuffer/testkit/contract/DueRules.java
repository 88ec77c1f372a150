// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.testkit.contract;

import static io.github.debouncedbuffer.testkit.contract.Samples.at;
import static io.github.debouncedbuffer.testkit.contract.Samples.backingOff;
import static io.github.debouncedbuffer.testkit.contract.Samples.batch;
import static io.github.debouncedbuffer.testkit.contract.Samples.running;
import static io.github.debouncedbuffer.testkit.contract.Samples.waiting;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.debouncedbuffer.spi.KeyRow;
import io.github.debouncedbuffer.spi.StoreTransaction;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** S3, S4 and S10: what is due, what recovery has to decide about, and when something is due. */
abstract class DueRules extends LockRules {

  /** If this fails, look at the order and the bounds of {@code lockDue}: {@code <=}, not less. */
  @Test
  public void S3_lockDue_isInclusiveToTheNanosecond_earliestFirst() {
    save(
        waiting("d", 5),
        waiting("c", at(5).plusNanos(1), at(0)),
        backingOff("b", 4, false),
        running("r"),
        waiting("a", at(3).plusNanos(1), at(0)),
        waiting("e", 3));
    assertEquals(List.of("e", "a", "b", "d"), due(at(5), 10, true));
    assertEquals(List.of("e", "a", "b", "d", "c"), due(at(5).plusNanos(1), 10, true));
    assertEquals(List.of(), due(at(3).minusNanos(1), 10, true));
  }

  /** If this fails, look at the limit of {@code lockDue}: it cuts off behind the earliest. */
  @Test
  public void S3_lockDue_givesNoMoreThanTheLimit() {
    save(waiting("c", 3), waiting("a", 1), backingOff("b", 2, true), waiting("d", 4));
    assertEquals(List.of("a"), due(at(9), 1, true));
    assertEquals(List.of("a", "b", "c"), due(at(9), 3, true));
    assertEquals(List.of("a", "c"), due(at(9), 2, false));
    assertEquals(List.of("a", "b", "c", "d"), due(at(9), Integer.MAX_VALUE, true));
  }

  /** If this fails, look at the order of equal due times: any, but always the same. */
  @Test
  public void S3_lockDue_equalOnes_comeInAFixedOrder() {
    save(waiting("b", 1), backingOff("c", 1, true), waiting("a", 1), backingOff("d", 1, false));
    List<String> all = due(at(1), 4, true);
    assertEquals(Set.of("a", "b", "c", "d"), new HashSet<>(all));
    for (int limit = 1; limit <= 4; limit++) {
      assertEquals(all.subList(0, limit), due(at(1), limit, true));
    }
  }

  /** If this fails, look at how {@code lockDue} tells recovered batches from others. */
  @Test
  public void S3_lockDue_leavesRecoveredBatchesOut_unlessTheyAreWanted() {
    save(
        backingOff("r1", 1, true),
        waiting("a", 2),
        backingOff("r2", 3, true),
        backingOff("b", 4, false));
    assertEquals(List.of("a", "b"), due(at(9), 10, false));
    assertEquals(List.of("r1", "a", "r2", "b"), due(at(9), 10, true));
  }

  /**
   * If this fails, look at the index of due times: it still has what a row was before it was saved
   * anew or removed.
   */
  @Test
  public void S3_lockDue_followsEachChangeOfTheRow() {
    save(waiting("a", 2));
    save(waiting("a", 6));
    assertEquals(List.of(), due(at(5), 10, true));
    assertEquals(List.of("a"), due(at(6), 10, true));
    save(running("a"));
    assertEquals(List.of(), due(at(9), 10, true));
    save(backingOff("a", 7, true));
    assertEquals(List.of(), due(at(9), 10, false));
    assertEquals(List.of("a"), due(at(9), 10, true));
    save(backingOff("a", 7, false));
    assertEquals(List.of("a"), due(at(9), 10, false));
    change(tx -> tx.remove(List.of("a")));
    assertEquals(List.of(), due(at(9), 10, true));
  }

  /** If this fails, look at what {@code lockDue} returns: whole rows, as they were saved last. */
  @Test
  public void S3_lockDue_givesTheRowsAsSavedLast() {
    save(waiting("a", at(5), at(0)));
    save(waiting("a", at(5), at(3))); // same due time, other contents
    List<KeyRow> due = store.transact(tx -> tx.lockDue(at(5), 1, false));
    assertEquals(List.of(waiting("a", at(5), at(3))), due);
  }

  /**
   * If this fails, look at the condition of {@code lockForRecovery}: RUNNING, or {@code
   * window.countsFrom} or {@code batch.since} later than now; equal is not later.
   */
  @Test
  public void S4_lockForRecovery_givesRunningRows_andWhatAClockAheadHasWritten() {
    Instant later = at(10).plusNanos(1);
    KeyRow window = waiting("window", at(50), later);
    KeyRow batch = backingOff("batch", at(50), batch(later, false));
    save(
        running("running"),
        waiting("fine", at(50), at(10)),
        window,
        backingOff("fine too", at(50), batch(at(10), true)),
        batch);
    List<KeyRow> found = store.transact(tx -> tx.lockForRecovery(at(10), 100));
    assertEquals(3, found.size());
    assertEquals(Set.of(running("running"), window, batch), new HashSet<>(found));
  }

  /**
   * If this fails, look at the limit of {@code lockForRecovery}, and whether it finds a row again
   * that was decided.
   *
   * @throws Exception if the store cannot be opened again
   */
  @Test
  public void S4_lockForRecovery_againAndAgain_comesToAnEnd() throws Exception {
    save(running("a"), running("b"), running("c"), running("d"), running("e"));
    reopen();
    Set<String> seen = new HashSet<>();
    for (int round = 1; round <= 3; round++) {
      change(
          tx -> {
            List<KeyRow> some = tx.lockForRecovery(at(1), 2);
            assertTrue(!some.isEmpty() && some.size() <= 2, "1 or 2 rows, not " + some);
            for (KeyRow row : some) {
              assertTrue(seen.add(row.key()), "found again: " + row.key());
              tx.save(List.of(backingOff(row.key(), 9, true)));
            }
          });
    }
    assertEquals(Set.of("a", "b", "c", "d", "e"), seen);
    change(tx -> assertEquals(List.of(), tx.lockForRecovery(at(1), 2)));
  }

  /** If this fails, look at {@code nextDue}: the earliest of all rows; RUNNING ones have none. */
  @Test
  public void S10_nextDue_isTheEarliestDueTimeOfAll() {
    assertEquals(Optional.empty(), nextDue(true));
    save(running("r"));
    assertEquals(Optional.empty(), nextDue(true));
    save(waiting("b", 5), waiting("a", at(4).plusNanos(2), at(0)), backingOff("c", 6, false));
    assertEquals(Optional.of(at(4).plusNanos(2)), nextDue(true));
    assertEquals(Optional.of(at(4).plusNanos(2)), nextDue(false));
  }

  /** If this fails, look at how {@code nextDue} tells recovered batches from others. */
  @Test
  public void S10_nextDue_countsRecoveredBatches_onlyIfAsked() {
    save(backingOff("r", 1, true));
    assertEquals(Optional.empty(), nextDue(false));
    assertEquals(Optional.of(at(1)), nextDue(true));
    save(backingOff("b", 2, false), backingOff("late", 3, true));
    assertEquals(Optional.of(at(2)), nextDue(false));
    assertEquals(Optional.of(at(1)), nextDue(true));
  }

  /** If this fails, look at {@code nextDue}: it asks nobody's lock, this transaction's neither. */
  @Test
  public void S10_nextDue_seesLockedRowsToo() {
    save(waiting("a", 1), waiting("b", 2));
    change(
        tx -> {
          tx.lockDue(at(9), 9, true);
          assertEquals(Optional.of(at(1)), tx.nextDue(true));
        });
  }

  /**
   * If this fails, look at what {@code nextDue} remembers: after each change the answer is another.
   *
   * @throws Exception if the store cannot be opened again
   */
  @Test
  public void S10_nextDue_followsEachChange_andIsThereAfterReopening() throws Exception {
    save(waiting("a", 3), waiting("b", 7));
    save(waiting("a", 9));
    assertEquals(Optional.of(at(7)), nextDue(true));
    save(running("b"));
    assertEquals(Optional.of(at(9)), nextDue(true));
    reopen();
    assertEquals(Optional.of(at(9)), nextDue(true));
    change(tx -> tx.remove(List.of("a")));
    assertEquals(Optional.empty(), nextDue(true));
  }

  /**
   * If this fails, look at what {@code nextDue} knows of this transaction's own rows: of new ones,
   * and of the one that was the earliest.
   */
  @Test
  public void S10_nextDue_seesWhatTheTransactionHasWritten() {
    save(waiting("a", 3), waiting("b", 7));
    change(
        tx -> {
          tx.lock(List.of("a", "b", "c", "d"));
          nextDueIs(3, 3, tx);
          tx.save(List.of(waiting("c", 2)));
          nextDueIs(2, 2, tx);
          tx.remove(List.of("c"));
          nextDueIs(3, 3, tx);
          tx.save(List.of(backingOff("d", 1, true)));
          nextDueIs(1, 3, tx);
          tx.save(List.of(waiting("a", 9)));
          nextDueIs(1, 7, tx);
          tx.save(List.of(running("b")));
          nextDueIs(1, 9, tx);
          tx.lock(List.of("e"));
          nextDueIs(1, 9, tx);
          tx.save(List.of(waiting("e", 8)));
          nextDueIs(1, 8, tx);
          tx.remove(List.of("a", "d"));
          nextDueIs(8, 8, tx);
        });
    assertEquals(Optional.of(at(8)), nextDue(true));
  }

  private static void nextDueIs(int ofAll, int unrecovered, StoreTransaction tx) {
    assertEquals(Optional.of(at(ofAll)), tx.nextDue(true));
    assertEquals(Optional.of(at(unrecovered)), tx.nextDue(false));
  }

  private Optional<Instant> nextDue(boolean recoveredToo) {
    return store.transact(tx -> tx.nextDue(recoveredToo));
  }
}
