// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.sqlite;

import static io.github.debouncedbuffer.sqlite.Samples.append;
import static io.github.debouncedbuffer.sqlite.Samples.backingOff;
import static io.github.debouncedbuffer.sqlite.Samples.change;
import static io.github.debouncedbuffer.sqlite.Samples.letter;
import static io.github.debouncedbuffer.sqlite.Samples.message;
import static io.github.debouncedbuffer.sqlite.Samples.running;
import static io.github.debouncedbuffer.sqlite.Samples.t;
import static io.github.debouncedbuffer.sqlite.Samples.texts;
import static io.github.debouncedbuffer.sqlite.Samples.waiting;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.debouncedbuffer.spi.MessageId;
import io.github.debouncedbuffer.spi.MessageRange;
import io.github.debouncedbuffer.spi.NewMessage;
import io.github.debouncedbuffer.spi.StoreStats;
import io.github.debouncedbuffer.spi.StoreTransaction;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sqlite.SQLiteErrorCode;

/** What the settings and statements rely on SQLite for, and what a crash leaves. */
class DurabilityTest extends StoreTest {

  @ParameterizedTest
  @CsvSource({
    "journal_mode, wal",
    "synchronous, 2",
    "fullfsync, 1",
    "checkpoint_fullfsync, 1",
    "busy_timeout, 20"
  })
  void theWritersConnection_hasThePragmas(String pragma, String value) throws Exception {
    store.close();
    DatabaseFile database = DatabaseFile.at(file);
    try (Connection connection = Connector.writer(database, OPTIONS).open()) {
      Pragmas.apply(connection, database);
      assertThat(Pragmas.read(connection, pragma)).isEqualTo(value);
    }
  }

  @Test
  void everyConnectionOfTheStore_isSynchronousFull() {
    assertThat(synchronous()).isEqualTo("2");
    faults.after(Sql.COMMIT, SQLiteErrorCode.SQLITE_IOERR_FSYNC);
    append(store, "k", null, "1");
    assertThat(faults.opened()).isEqualTo(2);
    assertThat(synchronous()).isEqualTo("2");
  }

  private String synchronous() {
    return faults.ask("PRAGMA synchronous");
  }

  @Test
  void G16_copyTakenWhileOpen_asAPowerCutLeavesIt_hasEverything() throws Exception {
    change(
        store,
        t -> {
          t.append(List.of(message("k", "id", "1"), message("k", null, "2")));
          t.save(List.of(running("k"), waiting("w", t(35))));
          t.nextTokens(4);
        });
    Path crashed = directory.resolve("crashed.db");
    Files.copy(file, crashed);
    Files.copy(directory.resolve("buffer.db-wal"), directory.resolve("crashed.db-wal"));
    append(store, "k", null, "after the crash");
    store.close();
    try (SqliteBufferStore next = SqliteBufferStore.open(crashed)) {
      assertThat(next.storeId()).isEqualTo("test");
      assertThat(texts(next, "k")).containsExactly("1", "2");
      MessageId id = new MessageId("k", "id");
      change(
          next,
          t -> {
            assertThat(t.lockForRecovery(t(100), 10)).containsExactly(running("k"));
            assertThat(t.nextDue(true)).contains(t(35));
            assertThat(t.pendingMessages()).isEqualTo(2);
            assertThat(t.known(List.of(id), t(0))).containsEntry(id, 1L);
            assertThat(t.nextTokens(1)).isEqualTo(5);
            assertThat(t.append(List.of(message("k", null, "3")))).isEqualTo(3);
          });
    }
  }

  @Test
  void open_movesWhatACrashLeftInTheLog_intoTheFile() throws Exception {
    append(store, "k", null, "1");
    Path crashed = directory.resolve("crashed.db");
    Files.copy(file, crashed);
    Files.copy(directory.resolve("buffer.db-wal"), directory.resolve("crashed.db-wal"));
    try (SqliteBufferStore next = SqliteBufferStore.open(crashed)) {
      assertThat(DatabaseFile.at(crashed).logBytes()).isZero();
      assertThat(texts(next, "k")).containsExactly("1");
    }
  }

  @Test
  void stats_countEverything() {
    change(
        store,
        t -> {
          t.append(List.of(message("a", "1", "x"), message("b", null, "y")));
          t.append(List.of(new NewMessage("c", "2", t(9), new byte[0])));
          t.save(List.of(waiting("a", t(1)), waiting("b", t(1)), running("r")));
          t.save(List.of(backingOff("x", t(1), false)));
          t.bury(letter(1, "a"), MessageRange.after("a", 0));
        });
    StoreStats stats = store.transact(StoreTransaction::stats);
    assertThat(stats.logBytes()).isPositive();
    assertThat(stats).isEqualTo(new StoreStats(2, 2, 1, 1, 1, 2, Samples.T0, stats.logBytes()));
  }

  @Test
  void stats_ofAnEmptyStore() {
    StoreStats stats = store.transact(StoreTransaction::stats);
    assertThat(stats).isEqualTo(new StoreStats(0, 0, 0, 0, 0, 0, null, stats.logBytes()));
  }

  @Test
  void faults34_forgottenReader_isSeenInTheStats() throws Exception {
    long before;
    try (Connection reader = Raw.connect(file)) {
      append(store, "k", null, "1");
      Pragmas.execute(reader, "BEGIN");
      Raw.read(reader, "SELECT count(*) FROM messages");
      before = store.transact(StoreTransaction::stats).logBytes();
      for (int i = 0; i < 20; i++) {
        append(store, "k", null, "x".repeat(400_000));
      }
    }
    assertThat(store.<StoreStats>transact(StoreTransaction::stats).logBytes())
        .isGreaterThan(before + 8_000_000);
  }

  @Test
  void faults51_deletedRows_leaveSpaceThatIsUsedAgain() throws Exception {
    long afterFirst = fillAndDelete();
    long afterSecond = fillAndDelete();
    assertThat(afterSecond).isLessThanOrEqualTo(afterFirst + 65_536);
  }

  private long fillAndDelete() throws Exception {
    List<NewMessage> many =
        IntStream.range(0, 20_000).mapToObj(i -> message("k" + i, null, "x".repeat(100))).toList();
    store.transact(t -> t.append(many));
    change(
        store,
        t -> t.delete(many.stream().map(m -> MessageRange.after(m.key(), 0)).toList(), t(1)));
    reopen();
    return Files.size(file);
  }

  /** The plans are what makes a claim cost the same whatever is stored beside it. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        Sql.KNOWN_ID,
        Sql.REMOVE_KEY,
        Sql.NEXT_TO_FORGET,
        Sql.READ_MESSAGES,
        Sql.RELEASE_IDS,
        Sql.DELETE_MESSAGES,
        Sql.FORGET_IDS,
        Sql.BURY_MESSAGES,
        Sql.READ_DEAD_MESSAGES,
        Sql.RELEASE_DEAD_IDS,
        Sql.REMOVE_DEAD_MESSAGES,
      })
  void statement_isServedByAnIndex_withoutScanOrSort(String sql) throws Exception {
    assertThat(plan(sql).replaceAll("SCAN json_each.*", "")) // that is the parameter
        .contains("SEARCH")
        .doesNotContain("SCAN", "TEMP B-TREE");
  }

  private String plan(String sql) throws Exception {
    return Raw.read(file, "EXPLAIN QUERY PLAN " + sql);
  }
}
