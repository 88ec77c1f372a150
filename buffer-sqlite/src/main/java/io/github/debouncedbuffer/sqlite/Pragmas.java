// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.sqlite;

import io.github.debouncedbuffer.spi.StoreException;
import io.github.debouncedbuffer.spi.StoreException.Reason;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/**
 * What a connection needs so that a commit is durable and quick, and the proof that it has got it.
 */
final class Pragmas {

  /**
   * FULL and not NORMAL, which loses acknowledged rows in a power cut. The two with "fullfsync"
   * matter on macOS only, where a plain fsync does not reach the disk. What is deleted is
   * overwritten, so that nothing is left in the file of what was erased. A checkpoint comes at
   * 10,000 pages of log, 40 MB, and not at SQLite's default of 1,000: docs/performance.md has the
   * figures.
   */
  private static final List<Pragma> WANTED =
      List.of(
          new Pragma("journal_mode", "WAL", "wal"),
          new Pragma("synchronous", "FULL", "2"),
          new Pragma("fullfsync", "ON", "1"),
          new Pragma("checkpoint_fullfsync", "ON", "1"),
          new Pragma("secure_delete", "ON", "1"),
          new Pragma("wal_autocheckpoint", "10000", "10000"));

  private Pragmas() {}

  private record Pragma(String name, String value, String readBack) {}

  /** SQLite ignores a pragma that it cannot obey, so each is read back. */
  static void apply(Connection connection, DatabaseFile file) throws SQLException {
    for (Pragma pragma : WANTED) {
      execute(connection, "PRAGMA " + pragma.name() + " = " + pragma.value());
      String actual = read(connection, pragma.name());
      if (!pragma.readBack().equals(actual)) {
        throw new StoreException(
            Reason.UNAVAILABLE,
            file
                + " cannot be used durably: SQLite answered "
                + actual
                + " to "
                + pragma.name()
                + " = "
                + pragma.value()
                + ". Use a local file system; a write-ahead log needs shared memory");
      }
    }
  }

  static String read(Connection connection, String name) throws SQLException {
    return single(connection, "PRAGMA " + name);
  }

  static String single(Connection connection, String query) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(query)) {
      return result.next() ? String.valueOf(result.getString(1)) : "nothing";
    }
  }

  /** One statement: the driver would run the first of several and say nothing of the others. */
  static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
