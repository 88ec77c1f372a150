// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.debouncedbuffer.spi.KeyRow;
import io.github.debouncedbuffer.spi.MessageId;
import io.github.debouncedbuffer.spi.MessageRange;
import io.github.debouncedbuffer.spi.StoreException;
import io.github.debouncedbuffer.spi.StoreTransaction;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What two nodes do at the same time, with the same keys and with others. */
class TwoNodesTest extends TwoNodes {

  private static int late(StoreTransaction tx) {
    KeyRow row = tx.lock(List.of(KEY)).get(KEY);
    return row == null ? 0 : row.late();
  }

  private static void countUp(StoreTransaction tx) {
    tx.save(List.of(waiting(KEY, late(tx) + 1, at(5))));
  }

  @Test
  void S2_aRowIsChangedByOneNodeAfterTheOther() throws Exception {
    change(a, TwoNodesTest::countUp);
    Held first = new Held(a, TwoNodesTest::countUp);
    CompletableFuture<Boolean> second = inThread(() -> change(b, TwoNodesTest::countUp));
    awaitWaiting(1);
    assertThat(second).isNotDone();
    first.commit();
    second.get(30, TimeUnit.SECONDS);
    assertThat(a.<Integer>transact(TwoNodesTest::late)).isEqualTo(3);
  }

  /** The slower one has locked the key while it was absent, so its work is run again. */
  @Test
  void S2_anAbsentKeyIsCreatedByOne_andTheOtherOneFindsIt() throws Exception {
    Held first = new Held(a, TwoNodesTest::countUp);
    AtomicInteger runs = new AtomicInteger();
    CompletableFuture<Boolean> second =
        inThread(
            () ->
                change(
                    b,
                    tx -> {
                      runs.incrementAndGet();
                      countUp(tx);
                    }));
    awaitWaiting(1);
    first.commit();
    second.get(30, TimeUnit.SECONDS);
    assertThat(runs).hasValue(2);
    assertThat(a.<Integer>transact(TwoNodesTest::late)).isEqualTo(2);
  }

  /** Nothing that the run which was taken back has done is seen by the next one. */
  @Test
  void S1_workThatIsRunAgain_seesNothingOfTheRunBefore() throws Exception {
    Held first = new Held(a, TwoNodesTest::countUp);
    CompletableFuture<Boolean> second =
        inThread(
            () ->
                change(
                    b,
                    tx -> {
                      tx.lock(List.of(KEY));
                      assertThat(tx.pendingMessages()).isEqualTo(0);
                      assertThat(tx.known(List.of(new MessageId(KEY, "1")), at(0))).isEmpty();
                      tx.append(List.of(message(KEY, "1")));
                      tx.save(List.of(waiting(KEY, 7, at(5))));
                    }));
    awaitWaiting(1);
    first.commit();
    second.get(30, TimeUnit.SECONDS);
    assertThat(a.<Integer>transact(TwoNodesTest::late)).isEqualTo(7);
    assertThat(a.<Long>transact(StoreTransaction::pendingMessages)).isEqualTo(1);
  }

  /** Erasing is about an absent key, too: else a message that comes meanwhile loses its row. */
  @Test
  void S13_aKeyThatIsErased_isCreatedByNobodyMeanwhile() throws Exception {
    Held erasing =
        new Held(
            a,
            tx -> {
              tx.lock(List.of(KEY));
              tx.erase(KEY);
            });
    CompletableFuture<Boolean> submitting =
        inThread(
            () ->
                change(
                    b,
                    tx -> {
                      tx.lock(List.of(KEY));
                      tx.append(List.of(message(KEY, "1")));
                      tx.save(List.of(waiting(KEY, 1, at(5))));
                    }));
    awaitWaiting(1);
    erasing.commit();
    submitting.get(30, TimeUnit.SECONDS);
    change(
        a,
        tx -> {
          assertThat(late(tx)).isEqualTo(1);
          assertThat(tx.read(List.of(MessageRange.after(KEY, 0))).get(KEY)).hasSize(1);
        });
  }

  /** Its key came and went, so that only the id shows that somebody was faster. */
  @Test
  void S5_anIdThatSomebodyStoresMeanwhile_isFoundByTheWorkThatIsRunAgain() {
    MessageId id = new MessageId(KEY, "1");
    AtomicInteger runs = new AtomicInteger();
    boolean stored =
        a.transact(
            tx -> {
              tx.lock(List.of(KEY));
              if (!tx.known(List.of(id), at(0)).isEmpty()) {
                return false;
              }
              if (runs.incrementAndGet() == 1) {
                change(b, other -> other.append(List.of(message(KEY, "1"))));
                change(b, other -> other.delete(List.of(MessageRange.after(KEY, 0)), at(99)));
              }
              tx.append(List.of(message(KEY, "1")));
              return true;
            });
    assertThat(stored).isFalse();
    assertThat(runs).hasValue(1);
  }

  @Test
  void S3_S4_rowsThatAnotherNodeHolds_areSkipped_notWaitedFor() throws Exception {
    change(
        a,
        tx ->
            tx.save(
                List.of(
                    waiting("due " + KEY, 1, at(5)),
                    waiting("due " + OTHER, 1, at(6)),
                    running("ran " + KEY, at(5)),
                    running("ran " + OTHER, at(5)))));
    Held first = new Held(a, tx -> tx.lock(List.of("due " + KEY, "ran " + KEY)));
    change(
        b,
        tx -> {
          assertThat(tx.lockDue(at(9), 9, true)).containsExactly(waiting("due " + OTHER, 1, at(6)));
          assertThat(tx.lockForRecovery(at(9), 9)).containsExactly(running("ran " + OTHER, at(5)));
        });
    first.commit();
  }

  @Test
  void S4_aClaimThatHolds_isLeftAlone() {
    change(a, tx -> tx.save(List.of(running(KEY, at(5)))));
    change(b, tx -> assertThat(tx.lockForRecovery(at(5).minusNanos(1), 9)).isEmpty());
    change(b, tx -> assertThat(tx.lockForRecovery(at(5), 9)).hasSize(1));
  }

  @Test
  void S6_sequencesOfAKeyGrow_whicheverNodeAppends() {
    long last = 0;
    for (int round = 0; round < 10; round++) {
      for (PostgresBufferStore node : List.of(a, b, b)) {
        long sequence =
            node.transact(
                tx -> {
                  tx.lock(List.of(KEY));
                  return tx.append(List.of(message(KEY, "1"), message(KEY, "2")));
                });
        assertThat(sequence).isGreaterThan(last);
        last = sequence + 1;
      }
    }
    change(a, tx -> assertThat(tx.pendingMessages()).isEqualTo(60));
    change(b, tx -> assertThat(tx.pendingMessages()).isEqualTo(60));
  }

  @Test
  void S11_tokensAreNeverGivenTwice_alsoIfSomeAreTakenBack() {
    long first = a.transact(tx -> tx.nextTokens(3));
    assertThatThrownBy(
            () ->
                change(
                    b,
                    tx -> {
                      tx.nextTokens(1);
                      throw new IllegalStateException("on purpose");
                    }))
        .hasMessage("on purpose");
    long second = b.transact(tx -> tx.nextTokens(1));
    long third = a.transact(tx -> tx.nextTokens(1));
    assertThat(second).isGreaterThan(first + 2);
    assertThat(third).isGreaterThan(second);
  }

  /** A transaction on the connection that is held does not keep others of its node waiting. */
  @Test
  void S16_transactionsOfOneNode_runAtTheSameTime() throws Exception {
    Held first = new Held(a, tx -> tx.append(List.of(message(KEY, "1"))));
    change(a, tx -> tx.append(List.of(message(OTHER, "2"))));
    change(b, tx -> assertThat(tx.pendingMessages()).isEqualTo(1));
    first.commit();
    change(b, tx -> assertThat(tx.pendingMessages()).isEqualTo(2));
  }

  @Test
  void S14_theTimeIsTheDatabases_readAfterTheLocks() throws Exception {
    change(a, TwoNodesTest::countUp);
    Held first = new Held(a, TwoNodesTest::countUp);
    CompletableFuture<Instant> behind =
        inThread(
            () ->
                b.transact(
                    tx -> {
                      tx.lock(List.of(KEY));
                      return tx.now(T0);
                    }));
    awaitWaiting(1);
    Instant letGo = Instant.now().truncatedTo(ChronoUnit.MICROS);
    first.commit();
    assertThat(behind.get(30, TimeUnit.SECONDS)).isBetween(letGo, Instant.now());
  }

  @Test
  void lockTimeout_isBusy_andNothingIsStored() throws Exception {
    change(a, TwoNodesTest::countUp);
    Held first = new Held(a, TwoNodesTest::countUp);
    try (PostgresBufferStore hasty =
        PostgresBufferStore.open(Server.source(), options.withLockTimeout(Duration.ofMillis(50)))) {
      assertThatThrownBy(() -> change(hasty, TwoNodesTest::countUp))
          .isInstanceOfSatisfying(
              StoreException.class,
              e -> assertThat(e.reason()).isEqualTo(StoreException.Reason.BUSY));
      first.commit();
      change(hasty, TwoNodesTest::countUp);
    }
    assertThat(a.<Integer>transact(TwoNodesTest::late)).isEqualTo(3);
  }
}
