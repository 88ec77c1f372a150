// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.sqlite;

import static io.github.debouncedbuffer.sqlite.CommitOutcomeTest.assertReason;
import static io.github.debouncedbuffer.sqlite.Samples.append;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.sqlite.SQLiteErrorCode.SQLITE_FULL;

import io.github.debouncedbuffer.spi.StoreException.Reason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sqlite.SQLiteErrorCode;

/** What the exceptions say. If this fails, look at {@link Failures}. */
class FailuresTest extends StoreTest {

  @ParameterizedTest
  @CsvSource({
    "SQLITE_BUSY, BUSY",
    "SQLITE_BUSY_RECOVERY, BUSY",
    "SQLITE_LOCKED_SHAREDCACHE, BUSY",
    "SQLITE_FULL, FULL",
    "SQLITE_READONLY, READ_ONLY",
    "SQLITE_READONLY_DIRECTORY, READ_ONLY",
    "SQLITE_CORRUPT, CORRUPT",
    "SQLITE_CORRUPT_INDEX, CORRUPT",
    "SQLITE_NOTADB, CORRUPT",
    "SQLITE_CANTOPEN, UNAVAILABLE",
    "SQLITE_IOERR_READ, UNAVAILABLE",
    "SQLITE_NOMEM, UNAVAILABLE"
  })
  void resultCode_hasItsReason_andTheStoreWorksAgain(SQLiteErrorCode code, Reason reason) {
    faults.before(Sql.BEGIN, code);
    assertReason(reason, () -> append(store, "k", null, "lost"));
    assertThat(append(store, "k", null, "1")).isEqualTo(1);
  }

  @Test
  void messagesOfExceptions_nameTheFile_andNeverKeysOrPayloads() {
    faults.before(Sql.APPEND_MESSAGE, SQLITE_FULL);
    assertThatThrownBy(() -> append(store, "wati:50370000001", "id", "a secret"))
        .hasMessageContaining(file.getFileName().toString())
        .hasMessageContaining("Free space")
        .hasMessageNotContainingAny("wati", "5037", "secret");
  }
}
