// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.sqlite;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Reads the columns of a row from left to right. */
final class Cursor {

  private final ResultSet row;
  private int column;

  Cursor(ResultSet row) {
    this.row = row;
  }

  String text() throws SQLException {
    String value = textOrNull();
    if (value == null) {
      throw new SQLException("column " + column + " is null");
    }
    return value;
  }

  @Nullable String textOrNull() throws SQLException {
    return row.getString(++column);
  }

  long number() throws SQLException {
    return row.getLong(++column);
  }

  int count() throws SQLException {
    return Math.toIntExact(number());
  }

  boolean flag() throws SQLException {
    return number() != 0;
  }

  Instant time() throws SQLException {
    return Nanos.toInstant(number());
  }

  @Nullable Instant timeOrNull() throws SQLException {
    long nanos = number();
    return row.wasNull() ? null : Nanos.toInstant(nanos);
  }

  Duration duration() throws SQLException {
    return Duration.ofNanos(number());
  }

  byte[] bytes() throws SQLException {
    byte[] value = row.getBytes(++column);
    return value == null ? new byte[0] : value;
  }

  /** Whether the next column is null; skips that many columns if it is. */
  boolean skippedNulls(int columns) throws SQLException {
    row.getLong(column + 1);
    if (!row.wasNull()) {
      return false;
    }
    column += columns;
    return true;
  }
}
