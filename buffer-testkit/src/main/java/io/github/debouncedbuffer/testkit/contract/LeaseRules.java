// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.testkit.contract;

import static io.github.debouncedbuffer.testkit.contract.Samples.at;
import static io.github.debouncedbuffer.testkit.contract.Samples.backingOff;
import static io.github.debouncedbuffer.testkit.contract.Samples.batch;
import static io.github.debouncedbuffer.testkit.contract.Samples.leased;
import static io.github.debouncedbuffer.testkit.contract.Samples.message;
import static io.github.debouncedbuffer.testkit.contract.Samples.running;
import static io.github.debouncedbuffer.testkit.contract.Samples.waiting;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.debouncedbuffer.spi.BufferStore;
import io.github.debouncedbuffer.spi.KeyRow;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** S14 and S15: what a store must do that several nodes share. Others pass them by. */
abstract class LeaseRules extends ClosingRules {

  private static final int WORDS = 100;
  private static final int BETWEEN_WORDS_MILLIS = 200;

  private static final Instant FAR_BEHIND = Instant.parse("2001-01-01T00:00:00.000000001Z");
  private static final Instant FAR_AHEAD = Instant.parse("2101-01-01T00:00:00.000000001Z");

  private void assumeShared() {
    assumeTrue(store.lease().isPresent(), "the data are one store object's alone");
  }

  private static Instant now(BufferStore node, Instant clock) {
    return node.transact(tx -> tx.now(clock));
  }

  /** If this fails, look at {@code lease}: the buffer renews every third of it. */
  @Test
  public void S14_lease_isASecondAtLeast() {
    assumeShared();
    Duration lease = store.lease().orElseThrow();
    assertTrue(lease.compareTo(Duration.ofSeconds(1)) >= 0, "lease " + lease);
  }

  /** If this fails, look at {@code now} of a store without a lease: the buffer's clock counts. */
  @Test
  public void S14_now_withoutALease_isWhatItWasTold() {
    assumeTrue(store.lease().isEmpty(), "the store has a clock of its own");
    assertEquals(FAR_BEHIND, now(store, FAR_BEHIND));
    assertEquals(FAR_AHEAD, now(store, FAR_AHEAD));
  }

  /**
   * If this fails, look at where {@code now} comes from: one clock for all nodes, whatever theirs
   * say; and at its being read in each transaction.
   *
   * @throws Exception if a second node cannot be opened
   */
  @Test
  public void S14_now_isTheStoresOwn_andNeverGoesBack() throws Exception {
    assumeShared();
    try (BufferStore other = open(directory)) {
      Instant first = now(store, FAR_AHEAD);
      Instant second = now(other, FAR_BEHIND);
      Instant third = now(store, FAR_BEHIND);
      assertFalse(second.isBefore(first), second + " follows " + first);
      assertFalse(third.isBefore(second), third + " follows " + second);
      Duration passed = Duration.between(first, third);
      assertTrue(passed.compareTo(Duration.ofDays(1)) < 0, "by whose clock? " + passed);
    }
  }

  /**
   * If this fails, look at what {@code lockForRecovery} compares: a claim holds while its lease is
   * later than now, to the nanosecond; a running row without one has no process.
   */
  @Test
  public void S4_S14_lockForRecovery_leavesClaimsThatHold() {
    assumeShared();
    KeyRow over = leased("over", at(10));
    KeyRow longOver = leased("long over", at(3));
    save(
        running("without"),
        over,
        longOver,
        leased("holds", at(10).plusNanos(1)),
        leased("holds for long", at(99)),
        backingOff("backs off", 5, true));
    List<KeyRow> found = store.transact(tx -> tx.lockForRecovery(at(10), 100));
    assertEquals(3, found.size());
    assertEquals(Set.of(running("without"), over, longOver), new HashSet<>(found));
  }

  /**
   * If this fails, look at {@code lockForRecovery}: a clock ahead may have written a lease, too.
   */
  @Test
  public void S4_S14_lockForRecovery_givesWhatAClockAheadHasWritten_thoughItsClaimHolds() {
    assumeShared();
    KeyRow ahead = leased("ahead", batch(at(10).plusNanos(1), false), at(99));
    save(ahead, leased("holds", batch(at(10), false), at(99)));
    assertEquals(List.of(ahead), store.transact(tx -> tx.lockForRecovery(at(10), 100)));
  }

  /**
   * If this fails, look at the column of {@code leaseUntil}: nanoseconds, and null again when the
   * row runs no more.
   *
   * @throws Exception if the store cannot be opened again
   */
  @Test
  public void S9_S14_lease_readsBackEqual_andGoes_alsoAfterReopening() throws Exception {
    assumeShared();
    KeyRow leased = leased("a", at(7).plusNanos(1));
    save(leased, leased("b", at(8)), leased("c", at(8)));
    save(leased("b", at(9).minusNanos(1)), backingOff("c", 5, false));
    Map<String, KeyRow> expected =
        Map.of("a", leased, "b", leased("b", at(9).minusNanos(1)), "c", backingOff("c", 5, false));
    assertEquals(expected, rows("a", "b", "c"));
    reopen();
    assertEquals(expected, rows("a", "b", "c"));
  }

  /**
   * If this fails, look at what a store object keeps in memory: another node has changed the data.
   *
   * @throws Exception if a second node cannot be opened
   */
  @Test
  public void S14_nodes_seeTheSameData() throws Exception {
    assumeShared();
    try (BufferStore other = open(directory)) {
      assertEquals(store.storeId(), other.storeId());
      save(waiting("a", 5), waiting("b", 6));
      append(message("a", "1"));
      other.transact(
          tx -> {
            assertEquals(List.of(waiting("a", 5)), tx.lockDue(at(5), 9, true));
            assertEquals(1, tx.pendingMessages());
            tx.save(List.of(waiting("a", 9)));
            return true;
          });
      assertEquals(List.of("b", "a"), due(at(9), 9, true));
    }
  }

  /**
   * If this fails, look at the counters of tokens and sequences: they are the data's.
   *
   * @throws Exception if a second node cannot be opened
   */
  @Test
  public void S6_S11_nodes_drawNoTokenAndNoSequenceTwice() throws Exception {
    assumeShared();
    try (BufferStore other = open(directory)) {
      long token = store.transact(tx -> tx.nextTokens(3));
      assertTrue(other.transact(tx -> tx.nextTokens(1)) >= token + 3, "a token comes again");
      long sequence = append(message("a", "1"), message("a", "2"));
      long next = other.transact(tx -> tx.append(List.of(message("a", "3"))));
      assertTrue(next >= sequence + 2, "a sequence comes again, or after a later one");
      assertNotEquals(next, append(message("a", "4")));
    }
  }

  /**
   * If this fails, look at how word gets from a commit to those who listen on other nodes. One that
   * begins to listen may miss what is committed meanwhile, so there is ever more to be told of.
   *
   * @throws Exception if a second node cannot be opened
   */
  @Test
  public void S15_listen_isToldOfAnEarlierDueTimeOfAnotherNode() throws Exception {
    assumeShared();
    try (BufferStore other = open(directory)) {
      BlockingQueue<Instant> told = new LinkedBlockingQueue<>();
      other.listen(told::add);
      Set<Instant> committed = new HashSet<>();
      boolean heard = false;
      for (int round = 1; round <= WORDS && !heard; round++) {
        Instant dueAt = at(1_000 - round).plusNanos(1);
        committed.add(dueAt);
        save(waiting("a", dueAt, at(0)));
        Instant word = told.poll(BETWEEN_WORDS_MILLIS, TimeUnit.MILLISECONDS);
        heard = word != null && committed.contains(word); // it may hear of others, too
      }
      assertTrue(heard, "it has heard of none of " + committed);
    }
  }
}
