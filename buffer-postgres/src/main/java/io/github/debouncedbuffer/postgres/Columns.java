// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.postgres;

import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The columns of a table, each once: its name, and what of a row stands in it. Rows are sent as one
 * array for each column, so that a statement is the same for one row and for a thousand. Immutable.
 *
 * @param <T> what a row is made of
 */
final class Columns<T> {

  /** What the server makes of an array. */
  enum Type {
    TEXT("text"),
    NUMBER("int8"),
    FLAG("bool"),
    BYTES("bytea");

    final String element;

    Type(String element) {
      this.element = element;
    }

    <T> @Nullable Object[] of(List<? extends T> rows, Function<T, @Nullable Object> value) {
      @Nullable Object[] values = array(rows.size());
      Arrays.setAll(values, i -> value.apply(rows.get(i)));
      return values;
    }

    private @Nullable Object[] array(int length) {
      return switch (this) {
        case TEXT -> new String[length];
        case NUMBER -> new Long[length];
        case FLAG -> new Boolean[length];
        case BYTES -> new byte[length][];
      };
    }
  }

  /** One of them. */
  record Column<T>(String name, Type type, Function<T, @Nullable Object> value) {}

  private final List<Column<T>> all;

  Columns(List<Column<T>> all) {
    this.all = List.copyOf(all);
  }

  /** Some of them. */
  Columns<T> some(String... names) {
    Set<String> wanted = Set.of(names);
    return new Columns<>(all.stream().filter(column -> wanted.contains(column.name)).toList());
  }

  static <T> Column<T> text(String name, Function<T, @Nullable Object> value) {
    return new Column<>(name, Type.TEXT, value);
  }

  static <T> Column<T> number(String name, Function<T, @Nullable Object> value) {
    return new Column<>(name, Type.NUMBER, value);
  }

  static <T> Column<T> flag(String name, Function<T, @Nullable Object> value) {
    return new Column<>(name, Type.FLAG, value);
  }

  static <T> Column<T> bytes(String name, Function<T, @Nullable Object> value) {
    return new Column<>(name, Type.BYTES, value);
  }

  String names() {
    return joined(all.stream().map(Column::name));
  }

  /** A table made of the arrays that {@link #into} binds. */
  String unnest() {
    return "unnest(" + joined(all.stream().map(c -> "?::" + c.type.element + "[]")) + ")";
  }

  /** Sets every column to that of another table. */
  String assignments(String from) {
    return joined(all.stream().map(c -> c.name + " = " + from + "." + c.name));
  }

  Binder into(Binder binder, List<? extends T> rows) throws SQLException {
    for (Column<T> column : all) {
      binder.array(column.type, column.type.of(rows, column.value));
    }
    return binder;
  }

  private static String joined(Stream<String> parts) {
    return parts.collect(Collectors.joining(", "));
  }
}
