// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.benchmarks.race;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;

/**
 * The naive timer, with each message in a table: committed on its own when it is submitted, and a
 * batch's rows deleted when it is taken. The timers are still in memory.
 */
final class NaiveSqlite implements Contender {

  @Override
  public String title() {
    return "naive timer, SQLite";
  }

  @Override
  public String bias() {
    return "a restart forgets the timers; a batch is deleted before it is handled; one connection";
  }

  @Override
  public Running start(Path folder, Duration window, int workers, Handler handler)
      throws SQLException {
    return new Stored(folder, window, workers, handler);
  }

  private static final class Stored extends NaiveTimer.Timers {

    private final Connection connection;
    private final PreparedStatement insert;
    private final PreparedStatement delete;

    Stored(Path folder, Duration window, int workers, Handler handler) throws SQLException {
      super(window, workers, handler);
      connection = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("naive.db"));
      try (Statement statement = connection.createStatement()) {
        statement.execute("PRAGMA journal_mode = WAL");
        statement.execute("PRAGMA synchronous = FULL");
        statement.execute("CREATE TABLE messages (id INTEGER PRIMARY KEY, key TEXT, payload TEXT)");
        statement.execute("CREATE INDEX by_key ON messages (key)");
      }
      insert = connection.prepareStatement("INSERT INTO messages (key, payload) VALUES (?, ?)");
      delete = connection.prepareStatement("DELETE FROM messages WHERE key = ?");
    }

    @Override
    public void submit(String key, String payload) throws Exception {
      synchronized (connection) {
        insert.setString(1, key);
        insert.setString(2, payload);
        insert.executeUpdate();
      }
      super.submit(key, payload);
    }

    @Override
    void taken(String key, List<String> payloads) {
      synchronized (connection) {
        try {
          delete.setString(1, key);
          delete.executeUpdate();
        } catch (SQLException e) {
          throw new IllegalStateException(e);
        }
      }
    }

    @Override
    public void close() {
      super.close();
      synchronized (connection) {
        try {
          connection.close();
        } catch (SQLException e) {
          throw new IllegalStateException(e);
        }
      }
    }
  }
}
