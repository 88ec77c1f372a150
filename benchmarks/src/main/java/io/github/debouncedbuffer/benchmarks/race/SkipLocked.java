// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.benchmarks.race;

import com.zaxxer.hikari.HikariDataSource;
import io.github.debouncedbuffer.benchmarks.postgres.Postgres;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * The plain queue that everybody writes on Postgres: a table, from which several threads take what
 * nobody else has locked, chunk by chunk, and delete it in the transaction in which it was handled.
 * It waits for no window and collects nothing.
 */
final class SkipLocked implements Contender {

  /** On two cores more of them are no faster. */
  private static final int TAKERS = 4;

  private static final int CHUNK = 128;
  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(1);
  private static final String SCHEMA =
      "CREATE TABLE queue (id BIGSERIAL PRIMARY KEY, key TEXT NOT NULL, payload TEXT NOT NULL)";
  private static final String INSERT = "INSERT INTO queue (key, payload) VALUES (?, ?)";
  private static final String TAKE =
      "SELECT id, key, payload FROM queue ORDER BY id LIMIT " + CHUNK + " FOR UPDATE SKIP LOCKED";
  private static final String DELETE = "DELETE FROM queue WHERE id = ANY (?)";

  @Override
  public String title() {
    return "raw SKIP LOCKED queue";
  }

  @Override
  public String bias() {
    return "no windows, no batches of a key, no order, no retries; handles within its transaction; "
        + TAKERS
        + " threads take up to "
        + CHUNK
        + " messages; "
        + Postgres.BIAS;
  }

  @Override
  public Running start(Path folder, Duration window, int workers, Handler handler)
      throws IOException {
    return new Queue(Postgres.newDatabase(folder), handler);
  }

  private static final class Queue implements Running {

    private final Postgres.Database database;
    private final HikariDataSource source;
    private final Handler handler;
    private final ExecutorService takers = Executors.newFixedThreadPool(TAKERS);
    private volatile boolean closing;

    Queue(Postgres.Database database, Handler handler) {
      this.database = database;
      this.source = database.source();
      this.handler = handler;
      database.jdbc().execute(SCHEMA);
      for (int i = 0; i < TAKERS; i++) {
        var unused = takers.submit(this::takeAll);
      }
    }

    @Override
    public void submit(String key, String payload) throws SQLException {
      try (Connection connection = source.getConnection();
          PreparedStatement insert = connection.prepareStatement(INSERT)) {
        insert.setString(1, key);
        insert.setString(2, payload);
        insert.executeUpdate();
      }
    }

    private Void takeAll() throws SQLException {
      try (Connection connection = source.getConnection();
          PreparedStatement take = connection.prepareStatement(TAKE);
          PreparedStatement delete = connection.prepareStatement(DELETE)) {
        connection.setAutoCommit(false);
        while (!closing) {
          List<Long> ids = handle(take);
          if (!ids.isEmpty()) {
            delete.setArray(1, connection.createArrayOf("bigint", ids.toArray()));
            delete.executeUpdate();
          }
          connection.commit();
          if (ids.isEmpty()) {
            LockSupport.parkNanos(PAUSE_NANOS);
          }
        }
      }
      return null;
    }

    private List<Long> handle(PreparedStatement take) throws SQLException {
      List<Long> ids = new ArrayList<>();
      try (ResultSet row = take.executeQuery()) {
        while (row.next()) {
          ids.add(row.getLong(1));
          handler.handle(row.getString(2), List.of(row.getString(3)));
        }
      }
      return ids;
    }

    @Override
    public void close() {
      closing = true;
      takers.shutdown();
      try {
        takers.awaitTermination(1, TimeUnit.SECONDS);
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
      }
      database.close();
    }
  }
}
