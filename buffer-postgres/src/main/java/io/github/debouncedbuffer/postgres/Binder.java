// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.postgres;

import io.github.debouncedbuffer.index.Nanos;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Sets the parameters of a statement from left to right. */
final class Binder {

  private final PreparedStatement statement;
  private int index;

  Binder(PreparedStatement statement) {
    this.statement = statement;
  }

  Binder text(String value) throws SQLException {
    statement.setString(++index, value);
    return this;
  }

  Binder number(long value) throws SQLException {
    statement.setLong(++index, value);
    return this;
  }

  Binder flag(boolean value) throws SQLException {
    statement.setBoolean(++index, value);
    return this;
  }

  Binder uuid(UUID value) throws SQLException {
    statement.setObject(++index, value);
    return this;
  }

  Binder time(Instant value) throws SQLException {
    return number(Nanos.of(value));
  }

  Binder clipped(Instant value) throws SQLException {
    return number(Nanos.clipped(value));
  }

  Binder texts(Collection<String> values) throws SQLException {
    return array(Columns.Type.TEXT, values.toArray(String[]::new));
  }

  <T> Binder texts(Collection<T> rows, Function<T, @Nullable Object> value) throws SQLException {
    return array(Columns.Type.TEXT, Columns.Type.TEXT.of(List.copyOf(rows), value));
  }

  <T> Binder numbers(Collection<T> rows, Function<T, @Nullable Object> value) throws SQLException {
    return array(Columns.Type.NUMBER, Columns.Type.NUMBER.of(List.copyOf(rows), value));
  }

  Binder array(Columns.Type type, @Nullable Object[] values) throws SQLException {
    statement.setArray(++index, statement.getConnection().createArrayOf(type.element, values));
    return this;
  }
}
