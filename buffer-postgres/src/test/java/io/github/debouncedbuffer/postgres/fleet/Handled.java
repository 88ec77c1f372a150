// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.postgres.fleet;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** The table in which handlers write down what they have handled. */
final class Handled {

  private Handled() {}

  static void create(String url) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE handled (message bigint NOT NULL)");
    }
  }

  static List<Long> read(String url) throws SQLException {
    List<Long> messages = new ArrayList<>();
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT message FROM handled")) {
      while (rows.next()) {
        messages.add(rows.getLong(1));
      }
    }
    return messages;
  }
}
