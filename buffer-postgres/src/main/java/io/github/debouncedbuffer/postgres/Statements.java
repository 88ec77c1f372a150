// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Runs statements on one connection, in as few round trips as can be: what only writes waits for
 * the next one that reads, or for the commit, and goes with it.
 *
 * <p>The first round trip of a transaction also brings the transaction's settings and its lock:
 * they are its own, so that it does not matter which session of the server it runs in. Not
 * thread-safe.
 */
final class Statements {

  private static final String HOLD = "SELECT pg_advisory_xact_lock(?)";
  private static final String COMMIT = "COMMIT";

  private final Connection connection;
  private final String schema;
  private final List<Step> settings;
  private final List<Step> waiting = new ArrayList<>();
  private @Nullable Long lock;
  private boolean begun;

  /**
   * For one connection, whose autocommit is off.
   *
   * @param settings statements that begin a transaction
   */
  Statements(Connection connection, String schema, List<String> settings) {
    this.connection = connection;
    this.schema = schema;
    this.settings = settings.stream().map(sql -> writing(sql, p -> {})).toList();
  }

  /** Gives a statement its parameters; right before it is sent, which may be later. */
  @FunctionalInterface
  interface Parameters {
    void into(Binder binder) throws SQLException;
  }

  /** Makes an object of the row that a cursor is on. */
  @FunctionalInterface
  interface RowReader<T> {
    T read(Cursor cursor) throws SQLException;
  }

  /** What is done with a statement's answer, before the next one's is looked at. */
  @FunctionalInterface
  private interface Answer {
    void of(PreparedStatement answered) throws SQLException;
  }

  private record Step(String sql, Parameters parameters, Answer answer) {}

  private static Step writing(String sql, Parameters parameters) {
    return new Step(sql, parameters, answered -> {});
  }

  /** The next transaction waits for this lock first, and has it until it ends. */
  void holding(long advisoryLock) {
    lock = advisoryLock;
  }

  /** Lets a statement wait that only writes. */
  void later(String sql, Parameters parameters) {
    waiting.add(writing(sql, parameters));
  }

  /** Lets a statement wait that writes and has one row, which is given away when it has run. */
  <T> void later(String sql, Parameters parameters, RowReader<T> reader, Consumer<T> then) {
    waiting.add(new Step(sql, parameters, answer -> then.accept(only(rows(answer, reader)))));
  }

  /** Runs what waits. */
  void flush() throws SQLException {
    if (!waiting.isEmpty()) {
      run(List.of());
    }
  }

  /** Runs a statement and returns how many rows it changed. */
  int update(String sql, Parameters parameters) throws SQLException {
    int[] changed = new int[1];
    run(List.of(new Step(sql, parameters, answer -> changed[0] = answer.getUpdateCount())));
    return changed[0];
  }

  /** Runs a query and reads all of its rows. */
  <T> List<T> query(String sql, Parameters parameters, RowReader<T> reader) throws SQLException {
    List<T> found = new ArrayList<>();
    run(List.of(new Step(sql, parameters, answer -> found.addAll(rows(answer, reader)))));
    return found;
  }

  /** Runs a query that has one row. */
  <T> T single(String sql, Parameters parameters, RowReader<T> reader) throws SQLException {
    return only(query(sql, parameters, reader));
  }

  /** The rows of one query and the single one of another. */
  record Two<T, U>(List<T> first, U second) {}

  /** Runs two queries in one round trip; the second one has no parameters, and one row. */
  <T, U> Two<T, U> two(
      String sql, Parameters parameters, RowReader<T> reader, String then, RowReader<U> thenReader)
      throws SQLException {
    List<T> first = new ArrayList<>();
    List<U> second = new ArrayList<>();
    run(
        List.of(
            new Step(sql, parameters, answer -> first.addAll(rows(answer, reader))),
            new Step(then, p -> {}, answer -> second.addAll(rows(answer, thenReader)))));
    return new Two<>(first, only(second));
  }

  /**
   * Runs what waits and commits, in one round trip, but for the transaction's first one: nothing is
   * in doubt before its lock was answered. If a statement fails nothing is committed.
   */
  void commit() throws SQLException {
    if (!begun) {
      flush();
    }
    if (waiting.isEmpty()) {
      connection.commit();
    } else {
      run(List.of(writing(COMMIT, p -> {})));
    }
    ended();
  }

  void rollback() throws SQLException {
    waiting.clear();
    connection.rollback();
    ended();
  }

  private void ended() {
    begun = false;
    lock = null;
  }

  private void run(List<Step> last) throws SQLException {
    List<Step> steps = new ArrayList<>(begun ? List.of() : beginning());
    steps.addAll(waiting);
    steps.addAll(last);
    waiting.clear();
    String sql = steps.stream().map(Step::sql).collect(Collectors.joining(";"));
    try (PreparedStatement statement = connection.prepareStatement(Sql.in(schema, sql))) {
      Binder binder = new Binder(statement);
      for (Step step : steps) {
        step.parameters.into(binder);
      }
      statement.execute();
      begun = true;
      for (Step step : steps) {
        step.answer.of(statement);
        statement.getMoreResults();
      }
    }
  }

  private List<Step> beginning() {
    List<Step> steps = new ArrayList<>(settings);
    Long held = lock;
    if (held != null) {
      steps.add(writing(HOLD, p -> p.number(held)));
    }
    return steps;
  }

  private static <T> T only(List<T> rows) throws SQLException {
    if (rows.size() != 1) {
      throw Failures.damaged(rows.size() + " rows where there is one", null);
    }
    return rows.get(0);
  }

  private static <T> List<T> rows(PreparedStatement answered, RowReader<T> reader)
      throws SQLException {
    List<T> rows = new ArrayList<>();
    try (ResultSet result = answered.getResultSet()) {
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
