// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.benchmarks.limits;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;

/** The driver alone, WAL and FULL: as fast as this disk and SQLite let anybody be. */
final class RawSqlite implements AutoCloseable {

  private static final byte[] PAYLOAD = "x".repeat(120).getBytes(UTF_8);

  private final Connection connection;

  RawSqlite(Path folder, boolean keyIndex) throws SQLException {
    connection = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("raw.db"));
    try (Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA journal_mode = WAL");
      statement.execute("PRAGMA synchronous = FULL");
      statement.execute(
          "CREATE TABLE messages (id INTEGER PRIMARY KEY, key TEXT, at INTEGER, payload BLOB)");
      if (keyIndex) {
        statement.execute("CREATE INDEX by_key ON messages (key)");
      }
    }
    connection.setAutoCommit(false);
  }

  /** Inserts for a while and returns the nanoseconds of each commit with its rows. */
  long[] insert(int rowsPerCommit, long nanos) throws SQLException {
    long[] taken = new long[4_000_000];
    int commits = 0;
    long begin = System.nanoTime();
    try (PreparedStatement insert = insert()) {
      for (long at = begin; at - begin < nanos && commits < taken.length; ) {
        for (int i = 0; i < rowsPerCommit; i++) {
          bind(insert, commits * (long) rowsPerCommit + i, 400);
        }
        insert.executeBatch();
        connection.commit();
        long now = System.nanoTime();
        taken[commits++] = now - at;
        at = now;
      }
    }
    return Arrays.copyOf(taken, commits);
  }

  /**
   * Messages come and go, five of each key waiting all the time: each transaction inserts so many,
   * and reads and deletes by id as many of the oldest. Returns messages per second.
   */
  double lifeCycle(int keys, int rowsPerCommit, long nanos) throws SQLException {
    try (PreparedStatement insert = insert();
        PreparedStatement select =
            connection.prepareStatement("SELECT key, at, payload FROM messages WHERE id = ?");
        PreparedStatement delete =
            connection.prepareStatement("DELETE FROM messages WHERE id = ?")) {
      long newest = 0;
      while (newest < 5L * keys) {
        newest = append(insert, newest, rowsPerCommit, keys);
        connection.commit();
      }
      long oldest = 0;
      long begin = System.nanoTime();
      while (System.nanoTime() - begin < nanos) {
        newest = append(insert, newest, rowsPerCommit, keys);
        for (int i = 0; i < rowsPerCommit; i++) {
          select.setLong(1, ++oldest);
          select.executeQuery().close();
          delete.setLong(1, oldest);
          delete.addBatch();
        }
        delete.executeBatch();
        connection.commit();
      }
      return oldest * 1e9 / (System.nanoTime() - begin);
    }
  }

  private static long append(PreparedStatement insert, long newest, int rows, int keys)
      throws SQLException {
    for (int i = 1; i <= rows; i++) {
      bind(insert, newest + i, keys);
    }
    insert.executeBatch();
    return newest + rows;
  }

  private PreparedStatement insert() throws SQLException {
    return connection.prepareStatement(
        "INSERT INTO messages (id, key, at, payload) VALUES (?, ?, ?, ?)");
  }

  /** An id of its own, so that ids need not be asked for. */
  private static void bind(PreparedStatement insert, long id, int keys) throws SQLException {
    insert.setLong(1, id);
    insert.setString(2, "wati:5037000" + id * 7919 % keys);
    insert.setLong(3, id);
    insert.setBytes(4, PAYLOAD);
    insert.addBatch();
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
