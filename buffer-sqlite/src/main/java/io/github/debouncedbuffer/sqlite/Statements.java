// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.sqlite;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The prepared statements of one connection, each prepared once. Not thread-safe.
 *
 * <p>The driver finalises a statement that failed, so after any failure {@link #forget} must be
 * called before a statement is used again.
 */
final class Statements {

  private final Connection connection;
  private final Map<String, PreparedStatement> prepared = new HashMap<>();

  Statements(Connection connection) {
    this.connection = connection;
  }

  /** Gives a statement its parameters. */
  @FunctionalInterface
  interface Parameters {
    void into(Binder binder) throws SQLException;
  }

  /** Gives a statement the parameters that come from one item. */
  @FunctionalInterface
  interface ItemParameters<T> {
    void into(Binder binder, T item) throws SQLException;
  }

  /** Makes an object of the row that a cursor is on. */
  @FunctionalInterface
  interface RowReader<T> {
    T read(Cursor cursor) throws SQLException;
  }

  /** Is handed one row after the other. */
  @FunctionalInterface
  interface RowTaker<T> {
    void take(T row) throws SQLException;
  }

  /** Runs a statement without parameters. */
  void run(String sql) throws SQLException {
    statement(sql).execute();
  }

  /** Runs a statement and returns how many rows it changed. */
  int update(String sql, Parameters parameters) throws SQLException {
    PreparedStatement statement = statement(sql);
    parameters.into(new Binder(statement));
    return statement.executeUpdate();
  }

  /** Runs a statement once for each item and returns how many rows were changed by all of them. */
  <T> int updateAll(String sql, Collection<T> items, ItemParameters<T> parameters)
      throws SQLException {
    if (items.isEmpty()) {
      return 0;
    }
    PreparedStatement statement = statement(sql);
    for (T item : items) {
      parameters.into(new Binder(statement), item);
      statement.addBatch();
    }
    int changed = 0;
    for (int count : statement.executeBatch()) {
      changed += count;
    }
    return changed;
  }

  /** Runs a query and reads all of its rows. */
  <T> List<T> query(String sql, Parameters parameters, RowReader<T> reader) throws SQLException {
    List<T> rows = new ArrayList<>();
    each(sql, parameters, reader, rows::add);
    return rows;
  }

  /** Runs a query and hands over one row after the other. */
  <T> void each(String sql, Parameters parameters, RowReader<T> reader, RowTaker<T> taker)
      throws SQLException {
    PreparedStatement statement = statement(sql);
    parameters.into(new Binder(statement));
    try (ResultSet result = statement.executeQuery()) {
      while (result.next()) {
        taker.take(read(reader, result));
      }
    }
  }

  /** What the store has not written, and cannot understand, is damage: no retry mends it. */
  private static <T> T read(RowReader<T> reader, ResultSet result) throws SQLException {
    try {
      return reader.read(new Cursor(result));
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw Failures.damaged("a row has values that no store has written", e);
    }
  }

  /** Closes every statement; they are prepared anew when they are wanted. */
  void forget() {
    for (PreparedStatement statement : prepared.values()) {
      try {
        statement.close();
      } catch (SQLException e) {
        // It was finalised when it failed, so there is nothing left to close.
      }
    }
    prepared.clear();
  }

  private PreparedStatement statement(String sql) throws SQLException {
    PreparedStatement known = prepared.get(sql);
    if (known != null) {
      return known;
    }
    PreparedStatement made = connection.prepareStatement(sql);
    prepared.put(sql, made);
    return made;
  }
}
