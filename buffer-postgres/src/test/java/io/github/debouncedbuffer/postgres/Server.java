// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.postgres;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;

/**
 * A real server, the same one for all tests of this process; it stops when the process ends. Every
 * commit reaches the disk, which it does not by the embedded server's default.
 */
final class Server {

  private static final EmbeddedPostgres RUNNING = start();
  private static final AtomicInteger SCHEMAS = new AtomicInteger();

  private Server() {}

  private static EmbeddedPostgres start() {
    try {
      return EmbeddedPostgres.builder()
          .setServerConfig("fsync", "on")
          .setServerConfig("synchronous_commit", "on")
          .setServerConfig("full_page_writes", "on")
          .start();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  static int port() {
    return RUNNING.getPort();
  }

  /** Each connection is a new one. */
  static DataSource source() {
    return RUNNING.getPostgresDatabase();
  }

  /** One whose connections {@link #cut} ends. */
  static DataSource source(String name) {
    return RUNNING.getPostgresDatabase(Map.of("ApplicationName", name));
  }

  /** One that leaves no statements in the session. */
  static DataSource unprepared() {
    return RUNNING.getPostgresDatabase(Map.of("prepareThreshold", "0"));
  }

  static void cut(String name) {
    value(
        "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE application_name = '"
            + name
            + "'");
  }

  static boolean hasConnections(String name) {
    return !value("SELECT count(*) FROM pg_stat_activity WHERE application_name = '" + name + "'")
        .equals("0");
  }

  /** Options for a schema that does not exist. */
  static PostgresOptions newSchema() {
    return PostgresOptions.defaults().withSchema("test_" + SCHEMAS.incrementAndGet());
  }

  static void run(String sql) {
    try (Connection connection = source().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException failed) {
      throw new IllegalStateException(failed);
    }
  }

  /** The one value that a query gives. */
  static String value(String sql) {
    try (Connection connection = source().getConnection();
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      result.next();
      return result.getString(1);
    } catch (SQLException failed) {
      throw new IllegalStateException(failed);
    }
  }
}
