// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.sqlite;

import java.sql.Connection;
import java.sql.SQLException;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConnection;
import org.sqlite.SQLiteConnectionConfig;
import org.sqlite.SQLiteOpenMode;

/** Opens connections to one file that exists. Tests put a faulty one in its place. */
@FunctionalInterface
interface Connector {

  Connection open() throws SQLException;

  /** For the one connection that writes. It never makes a file: {@link DatabaseFile} does. */
  static Connector writer(DatabaseFile file, SqliteOptions options) {
    SQLiteConfig config = new SQLiteConfig();
    config.resetOpenMode(SQLiteOpenMode.CREATE);
    config.setBusyTimeout(Math.toIntExact(options.busyTimeout().toMillis()));
    return () -> withoutExtras(config.createConnection(url(file)));
  }

  /**
   * The transaction statements are SQLite's own, see {@link Session}. Told so, the driver does not
   * try {@code BEGIN; COMMIT} after each statement, and does not ask for the last row id after each
   * insert.
   */
  private static Connection withoutExtras(Connection connection) throws SQLException {
    SQLiteConnectionConfig config = connection.unwrap(SQLiteConnection.class).getConnectionConfig();
    config.setAutoCommit(false);
    config.setGetGeneratedKeys(false);
    return connection;
  }

  /** For a look at a file that may be somebody else's: nothing of it is changed by that. */
  static Connector reader(DatabaseFile file, SqliteOptions options) {
    SQLiteConfig config = new SQLiteConfig();
    config.setReadOnly(true);
    config.setBusyTimeout(Math.toIntExact(options.busyTimeout().toMillis()));
    return () -> config.createConnection(url(file));
  }

  private static String url(DatabaseFile file) {
    return "jdbc:sqlite:" + file;
  }
}
