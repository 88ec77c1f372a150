// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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

/** Rows that both nodes want: one waits for the other, and sees what it has stored. */
class TwoNodesLockTest extends TwoNodes {

  @Test
  void S2_aRowIsChangedByOneNodeAfterTheOther() throws Exception {
    change(a, TwoNodes::countUp);
    Held first = new Held(a, TwoNodes::countUp);
    CompletableFuture<Boolean> second = inThread(() -> change(b, TwoNodes::countUp));
    awaitWaiting(1);
    assertThat(second).isNotDone();
    first.commit();
    second.get(30, TimeUnit.SECONDS);
    assertThat(a.<Integer>transact(TwoNodes::late)).isEqualTo(3);
  }

  /** The slower one has locked the key while it was absent, so its work is run again. */
  @Test
  void S2_anAbsentKeyIsCreatedByOne_andTheOtherOneFindsIt() throws Exception {
    Held first = new Held(a, TwoNodes::countUp);
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
    assertThat(a.<Integer>transact(TwoNodes::late)).isEqualTo(2);
  }

  /** Nothing that the run which was taken back has done is seen by the next one. */
  @Test
  void S1_workThatIsRunAgain_seesNothingOfTheRunBefore() throws Exception {
    Held first = new Held(a, TwoNodes::countUp);
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
    assertThat(a.<Integer>transact(TwoNodes::late)).isEqualTo(7);
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

  @Test
  void S14_theTimeIsTheDatabases_readAfterTheLocks() throws Exception {
    change(a, TwoNodes::countUp);
    Held first = new Held(a, TwoNodes::countUp);
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
    change(a, TwoNodes::countUp);
    Held first = new Held(a, TwoNodes::countUp);
    try (PostgresBufferStore hasty =
        PostgresBufferStore.open(Server.source(), options.withLockTimeout(Duration.ofMillis(50)))) {
      assertThatThrownBy(() -> change(hasty, TwoNodes::countUp))
          .isInstanceOfSatisfying(
              StoreException.class,
              e -> assertThat(e.reason()).isEqualTo(StoreException.Reason.BUSY));
      first.commit();
      change(hasty, TwoNodes::countUp);
    }
    assertThat(a.<Integer>transact(TwoNodes::late)).isEqualTo(3);
  }
}
