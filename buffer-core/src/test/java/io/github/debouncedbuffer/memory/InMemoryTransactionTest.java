// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.debouncedbuffer.spi.MessageRange;
import io.github.debouncedbuffer.spi.StoreTransaction;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** S1 and S2: all or nothing, and nobody else meanwhile. */
class InMemoryTransactionTest extends InMemoryGiven {

  @Test
  void S1_exceptionFromTheWork_rollsBackEverything_andIsThrownOnAsItIs() {
    append(withId("a", "1"), withId("a", "2"), withId("a", "3"), message("b", "b1"));
    append(withId("b", "1"), message("c", "c1"));
    change(
        tx -> {
          tx.save(List.of(waiting("a", 5), running("b"), backingOff("c", 7, 0, true)));
          tx.delete(List.of(MessageRange.one("a", 1)), at(100)); // id a/1 is in its retention
          tx.bury(letter(tx.nextTokens(1), "b"), MessageRange.one("b", 5));
        });
    String before = dump();

    changeAndFail(
        tx -> {
          tx.append(List.of(withId("a", "1"), withId("a", "new"), message("n", "n1")));
          tx.save(List.of(running("a"), waiting("b", 1), waiting("n", 2)));
          tx.save(List.of(waiting("a", 9), backingOff("c", 7, 0, false)));
          tx.remove(List.of("b"));
          tx.delete(List.of(MessageRange.one("a", 2), all("c"), all("n")), at(50));
          tx.bury(letter(tx.nextTokens(1), "a"), MessageRange.one("a", 3));
          tx.removeDeadLetter(1, at(50));
          assertThat(tx.forgetIds(at(500), 10)).isPositive();
          tx.append(List.of(message("c", "c2")));
        });

    assertThat(dump()).isEqualTo(before);
    // The retention's order is back too, and what was rolled back counted nothing.
    change(tx -> assertThat(tx.forgetIds(at(99), 10)).isZero());
    change(tx -> assertThat(tx.forgetIds(at(100), 10)).isEqualTo(1));
    change(tx -> assertThat(tx.append(List.of(message("a", "x")))).isEqualTo(7));
    change(tx -> assertThat(tx.nextTokens(1)).isEqualTo(2));
  }

  @Test
  void S1_errorFromTheWork_rollsBackToo() {
    var error = new StackOverflowError("deep");
    assertThatThrownBy(
            () ->
                change(
                    tx -> {
                      tx.append(List.of(message("a", "a1")));
                      throw error;
                    }))
        .isSameAs(error);
    assertThat(texts(all("a"))).isEmpty();
  }

  @Test
  void S1_resultIsReturned_andChangesAreSeenWithinAndAfter() {
    List<String> within =
        store.transact(
            tx -> {
              tx.append(List.of(message("a", "a1")));
              return texts(tx, all("a"));
            });
    assertThat(within).containsExactly("a1");
    assertThat(texts(all("a"))).containsExactly("a1");
  }

  @Test
  void S1_committedWork_isNotTakenBackByALaterRollback() {
    append(message("a", "a1"));
    changeAndFail(tx -> tx.append(List.of(message("a", "a2"))));
    assertThat(texts(all("a"))).containsExactly("a1");
  }

  @Test
  void S1_transaction_isOfNoUseAfterwards() {
    StoreTransaction[] kept = new StoreTransaction[1];
    change(tx -> kept[0] = tx);
    assertThatThrownBy(() -> kept[0].pendingMessages()).isInstanceOf(IllegalStateException.class);
    change(
        tx ->
            assertThatThrownBy(() -> kept[0].append(List.of(message("a", "x"))))
                .isInstanceOf(IllegalStateException.class));
    assertThat(texts(all("a"))).isEmpty();
  }

  @Test
  void S1_nestedTransaction_isRefused_andTheOuterOneGoesOn() {
    change(
        tx -> {
          tx.append(List.of(message("a", "a1")));
          assertThatThrownBy(() -> store.transact(inner -> 1))
              .isInstanceOf(IllegalStateException.class);
          assertThatThrownBy(store::reopen).isInstanceOf(IllegalStateException.class);
        });
    assertThat(texts(all("a"))).containsExactly("a1");
  }

  @Test
  void S2_lock_loadsTheRowsThatExist() {
    change(tx -> tx.save(List.of(waiting("a", 5), running("b"))));
    change(
        tx ->
            assertThat(tx.lock(List.of("b", "absent", "a")))
                .containsExactlyInAnyOrderEntriesOf(
                    Map.of("a", waiting("a", 5), "b", running("b"))));
    change(tx -> assertThat(tx.lock(List.of())).isEmpty());
  }

  @Test
  void S2_lock_keepsOthersOutUntilTheEnd_alsoOfAnAbsentKey() throws Exception {
    var pool = Executors.newFixedThreadPool(4);
    try {
      var start = new CountDownLatch(1);
      List<Future<?>> all = new ArrayList<>();
      for (int t = 0; t < 4; t++) {
        all.add(
            pool.submit(
                () -> {
                  start.await();
                  for (int i = 0; i < 2_000; i++) {
                    change(InMemoryBufferStoreTest::countUp);
                  }
                  return true;
                }));
      }
      start.countDown();
      for (Future<?> each : all) {
        each.get();
      }
    } finally {
      pool.shutdownNow();
    }
    change(tx -> assertThat(tx.lock(List.of("a")).get("a").dueAt()).isEqualTo(at(8_000)));
  }
}
