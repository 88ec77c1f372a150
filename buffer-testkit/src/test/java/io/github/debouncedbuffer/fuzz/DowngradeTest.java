// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.fuzz;

import static io.github.debouncedbuffer.fuzz.ChatFile.OTHERS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.debouncedbuffer.BufferClosedException;
import io.github.debouncedbuffer.DebouncedBuffer;
import io.github.debouncedbuffer.spi.BufferStore;
import io.github.debouncedbuffer.spi.StoreException;
import io.github.debouncedbuffer.spi.StoreException.Reason;
import io.github.debouncedbuffer.spi.StoreTransaction;
import io.github.debouncedbuffer.spi.StoreWork;
import io.github.debouncedbuffer.sqlite.SqliteBufferStore;
import io.github.debouncedbuffer.testkit.VirtualClock;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * What a newer library, or a damaged tree, has left: it is said at once, and nothing runs on it.
 */
class DowngradeTest {

  private static final byte[] FILE = ChatFile.bytes();

  private final Fresh fresh = Fresh.folder();
  private final Path file = fresh.with(FILE);
  private final VirtualClock clock = VirtualClock.at(ChatFile.KILLED_AT);
  private int runs;
  private int transactions;

  @AfterEach
  void remove() {
    fresh.close();
  }

  private void alter(String sql) throws SQLException {
    try (Connection connection = ChatFile.connect(file)) {
      assertThat(connection.createStatement().executeUpdate(sql)).isPositive();
    }
  }

  private DebouncedBuffer<String> start(BufferStore store) {
    return ChatFile.builder(store, clock)
        .asyncHandler(
            batch -> {
              runs++;
              return CompletableFuture.completedFuture(null);
            })
        .start();
  }

  @Test
  void faults31_unknownFollowUpOfAWaitingKey_closesTheBuffer_beforeItsBatchRuns()
      throws SQLException {
    alter("UPDATE keys SET policy_follow_up = 'FROM_NEWER' WHERE key = '" + OTHERS.get(0) + "'");
    DebouncedBuffer<String> buffer = start(SqliteBufferStore.open(file));
    clock.advance(Duration.ofMinutes(5));
    assertThatThrownBy(() -> buffer.submit(OTHERS.get(1), "p"))
        .isInstanceOf(BufferClosedException.class);
    assertThat(runs).isZero();
  }

  @Test
  void faults31_submitToAKeyWithAnUnknownFollowUp_isRefused_sayingWhatToDo() throws SQLException {
    alter("UPDATE keys SET policy_follow_up = 'FROM_NEWER' WHERE key = '" + OTHERS.get(0) + "'");
    DebouncedBuffer<String> buffer = start(SqliteBufferStore.open(file));
    assertThatThrownBy(() -> buffer.submit(OTHERS.get(0), "p"))
        .isInstanceOfSatisfying(
            StoreException.class, why -> assertThat(why.reason()).isEqualTo(Reason.SCHEMA))
        .hasMessageContaining("Use the newer library");
    buffer.close();
  }

  @Test
  void faults31_unknownFollowUpOfARunningKey_isSchemaAtStart_andItsFileIsFreeAgain()
      throws SQLException {
    alter("UPDATE keys SET policy_follow_up = 'FROM_NEWER' WHERE state = 'RUNNING'");
    assertReason(Reason.SCHEMA);
    SqliteBufferStore.open(file).close();
  }

  @Test
  void faults31_unknownReasonOfADeadLetter_concernsItsReaderAlone() throws SQLException {
    alter("UPDATE dead_letters SET reason = 'NEWER'");
    try (DebouncedBuffer<String> buffer = start(SqliteBufferStore.open(file))) {
      assertThatThrownBy(() -> buffer.deadLetters(0, 10))
          .isInstanceOfSatisfying(
              StoreException.class, why -> assertThat(why.reason()).isEqualTo(Reason.SCHEMA));
      assertThat(buffer.submit(OTHERS.get(0), "p").isDuplicate()).isFalse();
    }
  }

  /** Appended anew it would get a checksum that is right. */
  @Test
  void faults28_damagedMessageOfADeadLetter_isNotRedriven() throws SQLException {
    alter("UPDATE dead_messages SET payload = x'00'");
    try (DebouncedBuffer<String> buffer = start(SqliteBufferStore.open(file))) {
      long letter = buffer.deadLetters(0, 1).get(0).id();
      assertThatThrownBy(() -> buffer.redrive(letter))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("checksum is wrong");
      assertThat(buffer.deadLetters(0, 1)).hasSize(1);
      assertThat(buffer.removeDeadLetter(letter)).isTrue();
    }
  }

  @Test
  void faults27_unknownStateOfARow_isCorruptAtOpen() throws SQLException {
    alter("UPDATE keys SET state = 'NONSENSE', window_counts_from = 1 << 62");
    assertCorruptAtOpen();
  }

  @Test
  void faults27_twoRowsOfOneKey_areCorruptAtOpen() throws SQLException {
    alter("UPDATE keys SET key = '" + OTHERS.get(0) + "' WHERE key = '" + OTHERS.get(1) + "'");
    assertCorruptAtOpen();
  }

  @Test
  void faults27_storesOwnRowIsGone_isCorruptAtOpen() throws SQLException {
    alter("DELETE FROM store");
    assertCorruptAtOpen();
  }

  private void assertCorruptAtOpen() {
    assertThatThrownBy(() -> SqliteBufferStore.open(file))
        .isInstanceOfSatisfying(
            StoreException.class, why -> assertThat(why.reason()).isEqualTo(Reason.CORRUPT));
  }

  private void assertReason(Reason reason) {
    SqliteBufferStore store = SqliteBufferStore.open(file);
    assertThatThrownBy(() -> start(store))
        .isInstanceOfSatisfying(
            StoreException.class, why -> assertThat(why.reason()).isEqualTo(reason));
  }

  /** As a damaged tree does: the row that is saved is not the one that is found again. */
  @Test
  void faults27_aStoreThatGivesTheOldRowsAgain_isCorruptAtStart_insteadOfForEver() {
    BufferStore store = SqliteBufferStore.open(file);
    BufferStore forgetful =
        new BufferStore() {
          @Override
          public String storeId() {
            return store.storeId();
          }

          @Override
          public <R> R transact(StoreWork<R> work) {
            assertThat(++transactions).as("transactions of a start").isLessThan(100);
            return store.transact(transaction -> work.in(withoutSaves(transaction)));
          }

          @Override
          public void close() {
            store.close();
          }
        };
    assertThatThrownBy(() -> start(forgetful))
        .isInstanceOfSatisfying(
            StoreException.class, why -> assertThat(why.reason()).isEqualTo(Reason.CORRUPT));
  }

  private static StoreTransaction withoutSaves(StoreTransaction transaction) {
    return (StoreTransaction)
        Proxy.newProxyInstance(
            DowngradeTest.class.getClassLoader(),
            new Class<?>[] {StoreTransaction.class},
            (proxy, method, arguments) ->
                method.getName().equals("save") ? null : method.invoke(transaction, arguments));
  }
}
