// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * Runs statements on one connection. The first one of a transaction brings the transaction's
 * settings with it, in the same round trip: they are the transaction's own, so that it does not
 * matter which session of the server it runs in. Not thread-safe.
 */
final class Statements {

  /** How many results the settings have. */
  private static final int SETTINGS = 2;

  private final Connection connection;
  private final String schema;
  private final String settings;
  private boolean begun;

  /**
   * For one connection, whose autocommit is off.
   *
   * @param settings two statements, each ended by a semicolon
   */
  Statements(Connection connection, String schema, String settings) {
    this.connection = connection;
    this.schema = schema;
    this.settings = settings;
  }

  /** Gives a statement its parameters. */
  @FunctionalInterface
  interface Parameters {
    void into(Binder binder) throws SQLException;
  }

  /** Makes an object of the row that a cursor is on. */
  @FunctionalInterface
  interface RowReader<T> {
    T read(Cursor cursor) throws SQLException;
  }

  /** What is done with a statement that was run. */
  @FunctionalInterface
  private interface Executed<T> {
    T use(PreparedStatement statement) throws SQLException;
  }

  /** Runs a statement and returns how many rows it changed. */
  int update(String sql, Parameters parameters) throws SQLException {
    return execute(sql, parameters, PreparedStatement::getUpdateCount);
  }

  /** Runs a query and reads all of its rows. */
  <T> List<T> query(String sql, Parameters parameters, RowReader<T> reader) throws SQLException {
    return execute(sql, parameters, statement -> rows(statement, reader));
  }

  /** Runs a query that has one row. */
  <T> T single(String sql, Parameters parameters, RowReader<T> reader) throws SQLException {
    return only(query(sql, parameters, reader));
  }

  private static <T> T only(List<T> rows) throws SQLException {
    if (rows.size() != 1) {
      throw Failures.damaged(rows.size() + " rows where there is one", null);
    }
    return rows.get(0);
  }

  /** The rows of one query and the single one of another. */
  record Two<T, U>(List<T> first, U second) {}

  /** Runs two queries in one round trip; the second one has no parameters, and one row. */
  <T, U> Two<T, U> two(
      String sql, Parameters parameters, RowReader<T> reader, String then, RowReader<U> thenReader)
      throws SQLException {
    return execute(
        sql + ";" + then,
        parameters,
        statement -> {
          List<T> first = rows(statement, reader);
          statement.getMoreResults();
          return new Two<>(first, only(rows(statement, thenReader)));
        });
  }

  /** The transaction is over: the next statement begins another one. */
  void ended() {
    begun = false;
  }

  private <T> T execute(String sql, Parameters parameters, Executed<T> then) throws SQLException {
    String whole = Sql.in(schema, sql);
    try (PreparedStatement statement =
        connection.prepareStatement(begun ? whole : settings + whole)) {
      parameters.into(new Binder(statement));
      statement.execute();
      for (int skipped = 0; !begun && skipped < SETTINGS; skipped++) {
        statement.getMoreResults();
      }
      begun = true;
      return then.use(statement);
    }
  }

  private static <T> List<T> rows(PreparedStatement statement, RowReader<T> reader)
      throws SQLException {
    List<T> rows = new ArrayList<>();
    try (ResultSet result = statement.getResultSet()) {
      while (result.next()) {
        rows.add(read(reader, result));
      }
    }
    return rows;
  }

  /** What the store has not written, and cannot understand, is damage: no retry mends it. */
  private static <T> T read(RowReader<T> reader, ResultSet result) throws SQLException {
    try {
      return reader.read(new Cursor(result));
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw Failures.damaged("a row has values that no store has written", e);
    }
  }
}
