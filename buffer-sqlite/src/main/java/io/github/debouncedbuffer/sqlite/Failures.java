// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.sqlite;

import io.github.debouncedbuffer.spi.StoreException;
import io.github.debouncedbuffer.spi.StoreException.Reason;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteException;

/** From SQLite's result codes to the reasons of the SPI, and what to tell the operator. */
final class Failures {

  private static final int PRIMARY = 0xff;
  private static final int BUSY = 5;
  private static final int LOCKED = 6;
  private static final int READONLY = 8;
  private static final int CORRUPT = 11;
  private static final int FULL = 13;
  private static final int NOTADB = 26;

  private Failures() {}

  static StoreException of(DatabaseFile file, SQLException e) {
    Reason reason = reason(e);
    return new StoreException(reason, file + ": " + advice(reason), e);
  }

  /** Something that SQLite itself does not notice. */
  static SQLException damaged(String what, @Nullable Exception cause) {
    return new SQLException(what, null, CORRUPT, cause);
  }

  static Reason reason(SQLException e) {
    return switch (code(e)) {
      case BUSY, LOCKED -> Reason.BUSY;
      case FULL -> Reason.FULL;
      case READONLY -> Reason.READ_ONLY;
      case CORRUPT, NOTADB -> Reason.CORRUPT;
      default -> Reason.UNAVAILABLE;
    };
  }

  /** The primary code: the low byte of the extended one. SQLState is always null. */
  private static int code(SQLException e) {
    int code = e instanceof SQLiteException sqlite ? sqlite.getResultCode().code : e.getErrorCode();
    return code & PRIMARY;
  }

  private static String advice(Reason reason) {
    return switch (reason) {
      case BUSY ->
          "somebody else holds the database; nothing was stored. Find out who has it open, or try"
              + " again later";
      case FULL -> "no space is left; nothing was stored. Free space; then it works again";
      case READ_ONLY ->
          "the database cannot be written; nothing was stored. Make the file and its directory"
              + " writable for this user";
      case CORRUPT ->
          "not an SQLite database, or a damaged one; it was left as it is. Restore a backup, or"
              + " move it away to begin anew";
      case UNAVAILABLE, IN_USE, SCHEMA, OUTCOME_UNKNOWN, CLOSED ->
          "the database cannot be used now; nothing was stored. The cause says why";
    };
  }
}
