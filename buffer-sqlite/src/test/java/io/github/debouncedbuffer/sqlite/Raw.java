// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.sqlite;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** SQL past the store, as another program would run it. */
final class Raw {

  private Raw() {}

  static void execute(Path file, String... statements) throws SQLException {
    try (Connection connection = connect(file)) {
      for (String sql : statements) {
        Pragmas.execute(connection, sql);
      }
    }
  }

  static String read(Path file, String query) throws SQLException {
    try (Connection connection = connect(file)) {
      return read(connection, query);
    }
  }

  static String read(Connection connection, String query) throws SQLException {
    StringBuilder all = new StringBuilder();
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(query)) {
      while (result.next()) {
        all.append(result.getString(result.getMetaData().getColumnCount())).append('\n');
      }
    }
    return all.toString();
  }

  static Connection connect(Path file) throws SQLException {
    return DriverManager.getConnection("jdbc:sqlite:" + file);
  }
}
