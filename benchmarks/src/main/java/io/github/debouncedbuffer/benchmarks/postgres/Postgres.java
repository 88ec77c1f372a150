// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.benchmarks.postgres;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * A real Postgres server, the same one for all races of this process; it stops when the process
 * ends. Every commit reaches the disk, as Postgres does it by default and as SQLite has to here.
 */
public final class Postgres {

  /**
   * One for each of 64 producers and some for what delivers: nobody waits for a connection, and the
   * server writes to disk at once what they commit at once.
   */
  private static final int CONNECTIONS = 80;

  /** Of whoever uses it. */
  public static final String SERVER_BIAS =
      "another process over a socket, whose CPU is not counted";

  /** Of whoever uses its pool. */
  public static final String BIAS = SERVER_BIAS + "; " + CONNECTIONS + " connections";

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
  public static synchronized Database newDatabase(Path folder) throws IOException {
    if (running == null) {
      Path beside = folder.toAbsolutePath().getParent();
      running = new Postgres(Files.createTempDirectory(beside, "postgres"));
    }
    return running.create();
  }

  private Database create() {
    String name = "race" + ++databases;
    new JdbcTemplate(server.getPostgresDatabase()).execute("CREATE DATABASE " + name);
    return new Database(server, name);
  }

  /** One of its databases. */
  public static final class Database implements AutoCloseable {

    private final EmbeddedPostgres server;
    private final String name;
    private @Nullable HikariDataSource pool;

    private Database(EmbeddedPostgres server, String name) {
      this.server = server;
      this.name = name;
    }

    private String url() {
      return server.getJdbcUrl("postgres", name);
    }

    /** A pool of connections, all of them open: a race does not begin while they are opened. */
    public synchronized HikariDataSource source() {
      if (pool == null) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(url());
        config.setMaximumPoolSize(CONNECTIONS);
        pool = new HikariDataSource(config);
        while (pool.getHikariPoolMXBean().getTotalConnections() < CONNECTIONS) {
          LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
        }
      }
      return pool;
    }

    /** Opens a connection each time it is asked for one, for those who keep theirs. */
    public PGSimpleDataSource unpooled() {
      PGSimpleDataSource source = new PGSimpleDataSource();
      source.setUrl(url());
      return source;
    }

    /** Over the pool. */
    public JdbcTemplate jdbc() {
      return new JdbcTemplate(source());
    }

    /** Drops it, so that the server does no more work for it. */
    @Override
    public synchronized void close() {
      if (pool != null) {
        pool.close();
      }
      new JdbcTemplate(server.getPostgresDatabase()).execute("DROP DATABASE " + name + " (FORCE)");
    }
  }
}
