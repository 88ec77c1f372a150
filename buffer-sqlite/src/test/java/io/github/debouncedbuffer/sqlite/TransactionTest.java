// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.sqlite;

import static io.github.debouncedbuffer.sqlite.Samples.T0;
import static io.github.debouncedbuffer.sqlite.Samples.append;
import static io.github.debouncedbuffer.sqlite.Samples.change;
import static io.github.debouncedbuffer.sqlite.Samples.letter;
import static io.github.debouncedbuffer.sqlite.Samples.message;
import static io.github.debouncedbuffer.sqlite.Samples.running;
import static io.github.debouncedbuffer.sqlite.Samples.t;
import static io.github.debouncedbuffer.sqlite.Samples.texts;
import static io.github.debouncedbuffer.sqlite.Samples.waiting;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.debouncedbuffer.spi.MessageId;
import io.github.debouncedbuffer.spi.MessageRange;
import io.github.debouncedbuffer.spi.StoreException;
import io.github.debouncedbuffer.spi.StoreException.Reason;
import io.github.debouncedbuffer.spi.StoreTransaction;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.sqlite.SQLiteErrorCode;

/** S1: all or nothing. If this fails, look at {@link Database} and {@link TransactionGuard}. */
class TransactionTest extends StoreTest {

  @Test
  void S1_exceptionOfTheWork_rollsBackAndIsThrownAsItIs() {
    RuntimeException mine = new RuntimeException("mine");
    assertThatThrownBy(
            () ->
                change(
                    store,
                    t -> {
                      t.append(List.of(message("k", "id", "lost")));
                      t.save(List.of(waiting("k", t(1))));
                      throw mine;
                    }))
        .isSameAs(mine);
    assertThat(texts(store, "k")).isEmpty();
    assertThat(rows("k").isEmpty()).isTrue();
  }

  @Test
  void S1_errorOfTheWork_rollsBackToo() {
    assertThatExceptionOfType(StackOverflowError.class)
        .isThrownBy(
            () ->
                change(
                    store,
                    t -> {
                      t.append(List.of(message("k", "id", "lost")));
                      throw new StackOverflowError();
                    }));
    assertThat(texts(store, "k")).isEmpty();
  }

  @Test
  void S1_counters_doNotLeakFromARolledBackTransaction() {
    append(store, "k", "a", "1");
    long[] drawn = new long[2];
    assertThatThrownBy(
            () ->
                change(
                    store,
                    t -> {
                      drawn[0] = t.append(List.of(message("k", null, "2")));
                      drawn[1] = t.nextTokens(5);
                      throw new IllegalStateException();
                    }))
        .isInstanceOf(IllegalStateException.class);
    assertThat(pending()).isEqualTo(1);
    assertThat(append(store, "k", "b", "3")).isEqualTo(drawn[0]);
    assertThat(store.<Long>transact(t -> t.nextTokens(1))).isEqualTo(drawn[1]);
  }

  @Test
  void S1_readsWhatItHasWritten() {
    change(
        store,
        t -> {
          t.append(List.of(message("k", "id", "1")));
          t.save(List.of(waiting("k", t(7))));
          assertThat(t.read(List.of(MessageRange.after("k", 0))).get("k")).hasSize(1);
          assertThat(t.pendingMessages()).isEqualTo(1);
          assertThat(t.lock(List.of("k"))).containsEntry("k", waiting("k", t(7)));
          assertThat(t.nextDue(true)).contains(t(7));
        });
  }

  @Test
  void faults38_failedStatement_isRolledBackThoughTheWorkWentOn() {
    faults.before(Sql.REMEMBER_ID, SQLiteErrorCode.SQLITE_FULL);
    assertThatThrownBy(
            () ->
                change(
                    store,
                    t -> {
                      t.append(List.of(message("k", null, "lost")));
                      t.save(List.of(waiting("k", t(1))));
                      try {
                        t.append(List.of(message("k", "id", "lost, too")));
                      } catch (StoreException swallowed) {
                        assertThat(swallowed.reason()).isEqualTo(Reason.FULL);
                      }
                    }))
        .isInstanceOfSatisfying(
            StoreException.class, e -> assertThat(e.reason()).isEqualTo(Reason.FULL));
    assertThat(texts(store, "k")).isEmpty();
    assertThat(rows("k")).isEmpty();
  }

  @Test
  void anInterruptedThread_commits_andKeepsItsFlag() {
    assertThat(store.bearsInterrupts()).isTrue();
    Thread.currentThread().interrupt();
    append(store, "k", "id", "stored");
    assertThat(Thread.interrupted()).isTrue();
    assertThat(texts(store, "k")).containsExactly("stored");
  }

  @Test
  void faults38_rowThatCannotBeWritten_isNoLongerInMemoryEither() {
    change(store, t -> t.save(List.of(waiting("k", t(1)))));
    faults.before(Sql.SAVE_KEY, SQLiteErrorCode.SQLITE_FULL);
    assertThatThrownBy(() -> change(store, t -> t.save(List.of(waiting("k", t(2)), running("r")))))
        .isInstanceOf(StoreException.class);
    assertThat(rows("k", "r")).isEqualTo(Map.of("k", waiting("k", t(1))));
    assertThat(nextDue(true)).contains(t(1));
  }

  @Test
  void faults38_afterAFailedStatement_nothingMoreIsRun() {
    faults.before(Sql.APPEND_MESSAGE, SQLiteErrorCode.SQLITE_IOERR_WRITE);
    assertThatThrownBy(
            () ->
                change(
                    store,
                    t -> {
                      assertThatThrownBy(() -> t.append(List.of(message("k", "id", "lost"))))
                          .isInstanceOf(StoreException.class);
                      assertThatThrownBy(() -> t.append(List.of(message("k", "id", "lost"))))
                          .isInstanceOf(StoreException.class);
                      assertThatThrownBy(() -> t.save(List.of(waiting("k", t(1)))))
                          .isInstanceOf(StoreException.class);
                      assertThatThrownBy(() -> t.forgetIds(Instant.EPOCH, 1))
                          .isInstanceOf(StoreException.class);
                    }))
        .isInstanceOf(StoreException.class);
    assertThat(texts(store, "k")).isEmpty();
  }

  @Test
  void faults38_failedRead_isReportedThoughTheWorkWentOn() {
    faults.before(Sql.KNOWN_ID, SQLiteErrorCode.SQLITE_CORRUPT);
    assertThatThrownBy(
            () ->
                change(
                    store,
                    t ->
                        assertThatThrownBy(() -> t.known(List.of(new MessageId("k", "id")), T0))
                            .isInstanceOf(StoreException.class)))
        .isInstanceOfSatisfying(
            StoreException.class, e -> assertThat(e.reason()).isEqualTo(Reason.CORRUPT));
  }

  @Test
  void S1_argumentRefusedHalfWay_leavesNothingForTheNextTransaction() {
    assertThatThrownBy(
            () ->
                change(store, t -> t.save(List.of(waiting("a", t(1)), waiting("b", Instant.MAX)))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("is not within");
    change(store, t -> t.save(List.of(waiting("c", t(1)))));
    assertThat(rows("a", "b", "c")).containsOnlyKeys("c");
  }

  @Test
  void S1_argumentRefusedAndSwallowed_isRolledBack() {
    assertThatThrownBy(
            () ->
                change(
                    store,
                    t -> {
                      t.append(List.of(message("k", "id", "lost")));
                      assertThatThrownBy(() -> t.nextTokens(0))
                          .isInstanceOf(IllegalArgumentException.class);
                    }))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(texts(store, "k")).isEmpty();
  }

  @Test
  void failedStatement_isPreparedAnew() {
    change(store, t -> t.bury(letter(1, "k"), MessageRange.after("k", 0)));
    assertThatThrownBy(() -> change(store, t -> t.bury(letter(1, "k"), MessageRange.after("k", 0))))
        .isInstanceOf(StoreException.class);
    change(store, t -> t.bury(letter(2, "k"), MessageRange.after("k", 0)));
    assertThat(letters()).hasSize(2);
  }

  @Test
  void transactionUsedAfterItsEnd_isRefused() {
    AtomicReference<StoreTransaction> leaked = new AtomicReference<>();
    change(store, leaked::set);
    assertThatIllegalStateException()
        .isThrownBy(() -> leaked.get().append(List.of(message("k", null, "x"))));
    assertThat(texts(store, "k")).isEmpty();
  }

  @Test
  void transactOrCloseInsideATransaction_isRefused_andTheOuterOneGoesOn() {
    change(
        store,
        t -> {
          assertThatIllegalStateException().isThrownBy(() -> append(store, "k", "id", "inner"));
          assertThatIllegalStateException().isThrownBy(store::close);
          t.append(List.of(message("k", "id", "outer")));
        });
    assertThat(texts(store, "k")).containsExactly("outer");
  }

  @Test
  void transactionThatOnlyReads_writesNothing() {
    append(store, "k", "id", "1");
    long before = DatabaseFile.at(file).logBytes();
    rows("k");
    change(store, t -> t.delete(List.of(), t(1)));
    change(store, t -> t.append(List.of()));
    assertThat(forget(1)).isZero();
    assertThat(DatabaseFile.at(file).logBytes()).isEqualTo(before);
  }

  @Test
  void G18_twoStoresWithTheSameId_giveTheSameNumbers() {
    assertThat(store.storeId()).isEqualTo("test");
    assertThat(append(store, "k", "id", "1")).isEqualTo(1);
    assertThat(store.<Long>transact(t -> t.nextTokens(2))).isEqualTo(1);
    assertThat(store.<Long>transact(t -> t.nextTokens(1))).isEqualTo(3);
  }
}
