// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.benchmarks.race;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * A real Postgres server, the same one for all races of this process; it stops when the process
 * ends. Every commit reaches the disk, as Postgres does it by default and as SQLite has to here.
 */
final class Postgres {

  /**
   * One for each of 64 producers and some for what delivers: nobody waits for a connection, and the
   * server writes to disk at once what they commit at once.
   */
  private static final int CONNECTIONS = 80;

  /** Of whoever uses it. */
  static final String BIAS =
      "another process over a socket, whose CPU is not counted; " + CONNECTIONS + " connections";

  private static @Nullable Postgres running;

  private final EmbeddedPostgres server;
  private int databases;

  private Postgres(Path data) throws IOException {
    server =
        EmbeddedPostgres.builder()
            .setDataDirectory(data)
            .setServerConfig("fsync", "on")
            .setServerConfig("synchronous_commit", "on")
            .setServerConfig("full_page_writes", "on")
            .start();
  }

  /**
   * An empty database. The server is started if it does not run yet.
   *
   * @param folder of a race; the server's data are beside it, on the disk that is measured
   */
  static synchronized Database newDatabase(Path folder) throws IOException {
    if (running == null) {
      Path beside = folder.toAbsolutePath().getParent();
      running = new Postgres(Files.createTempDirectory(beside, "postgres"));
    }
    return running.create();
  }

  private Database create() {
    String name = "race" + ++databases;
    new JdbcTemplate(server.getPostgresDatabase()).execute("CREATE DATABASE " + name);
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(server.getJdbcUrl("postgres", name));
    config.setMaximumPoolSize(CONNECTIONS);
    return new Database(server, name, filled(new HikariDataSource(config)));
  }

  /** A race does not begin while connections are still being opened. */
  private static HikariDataSource filled(HikariDataSource source) {
    while (source.getHikariPoolMXBean().getTotalConnections() < CONNECTIONS) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
    }
    return source;
  }

  /** One of its databases, and a pool of connections to it. */
  record Database(EmbeddedPostgres server, String name, HikariDataSource source)
      implements AutoCloseable {

    JdbcTemplate jdbc() {
      return new JdbcTemplate(source);
    }

    /** Drops it, so that the server does no more work for it. */
    @Override
    public void close() {
      source.close();
      new JdbcTemplate(server.getPostgresDatabase()).execute("DROP DATABASE " + name + " (FORCE)");
    }
  }
}
