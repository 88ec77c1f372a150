// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.sqlite;

import static io.github.debouncedbuffer.sqlite.Samples.append;
import static io.github.debouncedbuffer.sqlite.Samples.change;
import static io.github.debouncedbuffer.sqlite.Samples.message;
import static io.github.debouncedbuffer.sqlite.Samples.t;
import static io.github.debouncedbuffer.sqlite.Samples.texts;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.sqlite.SQLiteErrorCode.SQLITE_BUSY;
import static org.sqlite.SQLiteErrorCode.SQLITE_CANTOPEN;
import static org.sqlite.SQLiteErrorCode.SQLITE_CONSTRAINT;
import static org.sqlite.SQLiteErrorCode.SQLITE_FULL;
import static org.sqlite.SQLiteErrorCode.SQLITE_IOERR_FSYNC;
import static org.sqlite.SQLiteErrorCode.SQLITE_IOERR_WRITE;

import io.github.debouncedbuffer.spi.MessageId;
import io.github.debouncedbuffer.spi.MessageRange;
import io.github.debouncedbuffer.spi.StoreException;
import io.github.debouncedbuffer.spi.StoreException.Reason;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** Faults 19 to 23: what is true after a failure. If this fails, look at {@link Database}. */
class CommitOutcomeTest extends StoreTest {

  @Test
  void faults22_commitFailsBeforeItTookEffect_nothingIsStored() {
    append(store, "k", null, "1");
    faults.before(Sql.COMMIT, SQLITE_IOERR_WRITE);
    assertReason(Reason.UNAVAILABLE, () -> append(store, "k", null, "lost"));
    assertThat(append(store, "k", null, "2")).isEqualTo(2);
    assertThat(texts(store, "k")).containsExactly("1", "2");
    assertThat(pending()).isEqualTo(2);
  }

  @Test
  void faults22_commitFailsAfterItTookEffect_isStoredOnce_andReturnsNormally() {
    append(store, "k", null, "1");
    faults.after(Sql.COMMIT, SQLITE_IOERR_FSYNC);
    assertThat(append(store, "k", "id", "2")).isEqualTo(2);
    assertThat(texts(store, "k")).containsExactly("1", "2");
    assertThat(pending()).isEqualTo(2);
    assertThat(append(store, "k", null, "3")).isEqualTo(3);
  }

  @Test
  void faults22_commitFails_theLogIsMovedIntoTheFileBeforeTheReceipt() {
    append(store, "k", null, "1");
    faults.after(Sql.COMMIT, SQLITE_IOERR_FSYNC);
    append(store, "k", null, "2");
    assertThat(DatabaseFile.at(file).logBytes()).isZero();
    assertThat(faults.opened()).isEqualTo(2);
    assertThat(faults.closed()).isEqualTo(1);
  }

  @Test
  void faults22_outcomeThatCannotBeFoundOut_isUnknown_andFoundOutBeforeTheNextTransaction() {
    faults.after(Sql.COMMIT, SQLITE_IOERR_FSYNC);
    faults.before(Faults.OPEN, SQLITE_CANTOPEN);
    assertReason(Reason.OUTCOME_UNKNOWN, () -> append(store, "k", "id", "1"));
    assertThat(known(new MessageId("k", "id"))).hasSize(1);
    assertThat(append(store, "k", null, "2")).isEqualTo(2);
    assertThat(texts(store, "k")).containsExactly("1", "2");
  }

  @Test
  void faults22_unknownOutcome_ofACommitThatDidNotHappen() {
    faults.before(Sql.COMMIT, SQLITE_IOERR_FSYNC);
    faults.before(Faults.OPEN, SQLITE_CANTOPEN);
    assertReason(Reason.OUTCOME_UNKNOWN, () -> append(store, "k", "id", "1"));
    assertThat(known(new MessageId("k", "id"))).isEmpty();
    assertThat(append(store, "k", "id", "again")).isEqualTo(1);
  }

  @Test
  void faults22_noReceiptIsGiven_untilTheLogIsSecured_duplicatesIncluded() {
    faults.after(Sql.COMMIT, SQLITE_IOERR_FSYNC);
    faults.always(Sql.CHECKPOINT, SQLITE_IOERR_FSYNC);
    assertReason(Reason.OUTCOME_UNKNOWN, () -> append(store, "k", "id", "1"));
    assertReason(Reason.UNAVAILABLE, () -> known(new MessageId("k", "id")));
    faults.clear();
    assertThat(known(new MessageId("k", "id"))).hasSize(1);
  }

  @Test
  void faults22_aReaderInTheWayOfTheCheckpoint_leavesTheOutcomeUnknown() throws Exception {
    append(store, "k", null, "1");
    faults.after(Sql.COMMIT, SQLITE_IOERR_FSYNC);
    try (Connection reader = Raw.connect(file)) {
      Pragmas.execute(reader, "BEGIN");
      Raw.read(reader, "SELECT count(*) FROM messages");
      assertReason(Reason.OUTCOME_UNKNOWN, () -> append(store, "k", null, "2"));
      assertReason(Reason.BUSY, () -> texts(store, "k"));
    }
    assertThat(texts(store, "k")).containsExactly("1", "2");
  }

  @Test
  void faults23_commitThatIsBusy_isRolledBackOnTheSameConnection() {
    faults.before(Sql.COMMIT, SQLITE_BUSY);
    assertReason(Reason.BUSY, () -> append(store, "k", null, "lost"));
    assertThat(append(store, "k", null, "1")).isEqualTo(1);
    assertThat(faults.opened()).isEqualTo(1);
  }

  @Test
  void faults23_busyReportedThoughTheCommitTookEffect_isStillFoundOut() {
    faults.after(Sql.COMMIT, SQLITE_BUSY);
    assertThat(append(store, "k", null, "1")).isEqualTo(1);
    assertThat(texts(store, "k")).containsExactly("1");
  }

  @Test
  void faults23_somebodyElseWrites_isBusyAfterTheTimeout_andWorksAgainLater() throws Exception {
    try (Connection other = Raw.connect(file)) {
      Pragmas.execute(other, "BEGIN IMMEDIATE");
      assertReason(Reason.BUSY, () -> append(store, "k", null, "lost"));
      Pragmas.execute(other, "ROLLBACK");
    }
    assertThat(append(store, "k", null, "1")).isEqualTo(1);
    assertThat(faults.opened()).isEqualTo(1);
  }

  @Test
  void faults22_forgettingAlone_hasAMarkerToo() {
    append(store, "k", "id", "1");
    change(store, t -> t.delete(List.of(MessageRange.after("k", 0)), t(1)));
    faults.before(Sql.COMMIT, SQLITE_IOERR_WRITE);
    assertReason(Reason.UNAVAILABLE, () -> forget(1));
    assertThat(forget(1)).isEqualTo(1);
  }

  @Test
  void driverThatRunsOutOfMemoryInTheCommit_leavesNoCounterBehind() {
    faults.after(Sql.COMMIT, new OutOfMemoryError("injected"));
    assertThat(store.<Long>transact(t -> t.nextTokens(3))).isEqualTo(1);
    assertThat(store.<Long>transact(t -> t.nextTokens(1))).isEqualTo(4);
  }

  @Test
  void fileEmptiedBehindOurBack_isCorrupt_andNotMadeAnew() throws Exception {
    loseTheConnection();
    Files.write(file, new byte[0]);
    assertReason(Reason.CORRUPT, () -> append(store, "k", null, "lost"));
    assertThat(file).isEmptyFile();
  }

  @Test
  void otherStoreCopiedOverOurs_isUnavailable() throws Exception {
    Path other = directory.resolve("other.db");
    SqliteBufferStore.open(other).close();
    loseTheConnection();
    Files.write(file, Files.readAllBytes(other));
    assertReason(Reason.UNAVAILABLE, () -> append(store, "k", null, "lost"));
  }

  private void loseTheConnection() {
    faults.before(Sql.COMMIT, SQLITE_IOERR_FSYNC);
    faults.before(Faults.OPEN, SQLITE_CANTOPEN);
    assertReason(Reason.OUTCOME_UNKNOWN, () -> append(store, "k", null, "lost"));
  }

  @Test
  void rollbackThatFails_theConnectionIsReplaced() {
    faults.before(Sql.ROLLBACK, SQLITE_IOERR_WRITE);
    IllegalStateException mine = new IllegalStateException("mine");
    assertThatThrownBy(
            () ->
                store.transact(
                    t -> {
                      t.append(List.of(message("k", null, "lost")));
                      throw mine;
                    }))
        .isSameAs(mine);
    assertThat(mine.getSuppressed()).hasSize(1);
    assertThat(append(store, "k", null, "1")).isEqualTo(1);
    assertThat(texts(store, "k")).containsExactly("1");
    assertThat(faults.opened()).isEqualTo(2);
  }

  @Test
  void faults19_fullInsideATransaction_theConnectionIsReplaced() {
    faults.before(Sql.APPEND_MESSAGE, SQLITE_FULL);
    assertReason(Reason.FULL, () -> append(store, "k", null, "lost"));
    assertThat(append(store, "k", null, "1")).isEqualTo(1);
    assertThat(faults.opened()).isEqualTo(2);
  }

  @Test
  void faults19_realSqliteFull_isNotAccepted_andWorksAgainWithSpace() {
    append(store, "k", null, "1");
    store.close();
    faults.onOpen("PRAGMA max_page_count = 40");
    openStore();
    String big = "x".repeat(400_000);
    assertReason(Reason.FULL, () -> append(store, "k", null, big));
    assertReason(Reason.FULL, () -> append(store, "k", null, big));
    assertThat(texts(store, "k")).containsExactly("1");
    faults.clear();
    reopen();
    assertThat(append(store, "k", null, big)).isEqualTo(2);
  }

  @Test
  void saveOfTheMarkerThatFails_isAnOrdinaryRollback() {
    faults.before(Sql.SAVE_STORE, SQLITE_CONSTRAINT);
    assertReason(Reason.UNAVAILABLE, () -> append(store, "k", null, "lost"));
    assertThat(texts(store, "k")).isEmpty();
  }

  static void assertReason(Reason reason, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            StoreException.class, e -> assertThat(e.reason()).as("%s", e).isEqualTo(reason));
  }
}
