// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.sqlite;

import io.github.debouncedbuffer.index.Nanos;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Sets the parameters of a statement from left to right. */
final class Binder {

  private final PreparedStatement statement;
  private int index;

  Binder(PreparedStatement statement) {
    this.statement = statement;
  }

  Binder text(@Nullable String value) throws SQLException {
    statement.setString(++index, value);
    return this;
  }

  Binder number(long value) throws SQLException {
    statement.setLong(++index, value);
    return this;
  }

  Binder flag(boolean value) throws SQLException {
    return number(value ? 1 : 0);
  }

  Binder time(@Nullable Instant value) throws SQLException {
    return value == null ? nulls(1) : number(Nanos.of(value));
  }

  Binder clipped(Instant value) throws SQLException {
    return number(Nanos.clipped(value));
  }

  Binder duration(Duration value) throws SQLException {
    return number(Nanos.of(value));
  }

  Binder bytes(byte[] value) throws SQLException {
    statement.setBytes(++index, value);
    return this;
  }

  Binder numbers(long[] values) throws SQLException {
    return text(JsonArray.of(values));
  }

  Binder nulls(int count) throws SQLException {
    for (int i = 0; i < count; i++) {
      statement.setNull(++index, Types.NULL);
    }
    return this;
  }
}
