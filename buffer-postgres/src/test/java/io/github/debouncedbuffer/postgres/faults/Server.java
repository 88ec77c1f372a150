// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.postgres.faults;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.postgresql.ds.PGSimpleDataSource;

/** A real server of a test's own, which can be stopped and started again on the same data. */
public final class Server implements AutoCloseable {

  private static final int MOST_CONNECTIONS = 40;

  private final Path data;
  private final int port;
  private EmbeddedPostgres running;

  public Server(Path data) throws IOException {
    this.data = data;
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    start();
  }

  public void start() throws IOException {
    running =
        EmbeddedPostgres.builder()
            .setDataDirectory(data)
            .setCleanDataDirectory(false)
            .setPort(port)
            .setServerConfig("fsync", "on")
            .setServerConfig("synchronous_commit", "on")
            .setServerConfig("max_connections", Integer.toString(MOST_CONNECTIONS))
            .start();
  }

  /** As an administrator does, without waiting for those who are connected. */
  public void stop() throws IOException {
    running.close();
  }

  /** What is stored by now, on a server that waits for a primary that does not come. */
  Server copyInRecovery(Path copy) throws IOException {
    stop();
    try (Stream<Path> all = Files.walk(data)) {
      for (Path each : (Iterable<Path>) all::iterator) {
        Files.copy(each, copy.resolve(data.relativize(each)), StandardCopyOption.COPY_ATTRIBUTES);
      }
    }
    start();
    Files.createFile(copy.resolve("standby.signal"));
    return new Server(copy);
  }

  public String url() {
    return "jdbc:postgresql://localhost:" + port + "/postgres?user=postgres";
  }

  int port() {
    return port;
  }

  /** Its databases, seen through a port: its own or a proxy's. */
  static PGSimpleDataSource at(int port) {
    var database = new PGSimpleDataSource();
    database.setUrl("jdbc:postgresql://localhost:" + port + "/postgres?user=postgres");
    database.setConnectTimeout(2);
    return database;
  }

  /** Whoever mends a server that takes no changes may change it. */
  Connection connect() throws SQLException {
    PGSimpleDataSource database = at(port);
    database.setOptions("-c default_transaction_read_only=off");
    return database.getConnection();
  }

  void execute(String sql) throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  int countMessages() throws SQLException {
    return Integer.parseInt(texts("SELECT count(*) FROM debounced_buffer.messages").get(0));
  }

  /** The first column of what is found. */
  List<String> texts(String query) throws SQLException {
    List<String> texts = new ArrayList<>();
    try (Connection connection = connect();
        Statement statement = connection.createStatement();
        ResultSet found = statement.executeQuery(query)) {
      while (found.next()) {
        texts.add(found.getString(1));
      }
    }
    return texts;
  }

  /** Ends every other connection, as an administrator or a failover does. */
  void terminateAll() throws SQLException {
    execute(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            + " WHERE pid <> pg_backend_pid() AND backend_type = 'client backend'");
  }

  @Override
  public void close() throws IOException {
    running.close();
  }
}
