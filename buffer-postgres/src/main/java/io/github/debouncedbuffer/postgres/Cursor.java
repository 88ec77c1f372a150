// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.postgres;

import io.github.debouncedbuffer.index.Nanos;
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
      throw isNull();
    }
    return value;
  }

  @Nullable String textOrNull() throws SQLException {
    return row.getString(++column);
  }

  long number() throws SQLException {
    long value = row.getLong(++column);
    if (row.wasNull()) {
      throw isNull();
    }
    return value;
  }

  int count() throws SQLException {
    return Math.toIntExact(number());
  }

  boolean flag() throws SQLException {
    boolean value = row.getBoolean(++column);
    if (row.wasNull()) {
      throw isNull();
    }
    return value;
  }

  Instant time() throws SQLException {
    return Nanos.toInstant(number());
  }

  @Nullable Instant timeOrNull() throws SQLException {
    long nanos = row.getLong(++column);
    return row.wasNull() ? null : Nanos.toInstant(nanos);
  }

  Duration duration() throws SQLException {
    return Duration.ofNanos(number());
  }

  byte[] bytes() throws SQLException {
    byte[] value = row.getBytes(++column);
    if (value == null) {
      throw isNull();
    }
    return value;
  }

  /** Whether the next columns are null, which is all of them or none; skips them if they are. */
  boolean skippedNulls(int columns) throws SQLException {
    if (row.getObject(column + 1) != null) {
      return false;
    }
    for (int i = 0; i < columns; i++) {
      if (row.getObject(++column) != null) {
        throw Failures.damaged("column " + column + " is not null, and its neighbours are", null);
      }
    }
    return true;
  }

  private SQLException isNull() {
    return Failures.damaged("column " + column + " is null", null);
  }
}
