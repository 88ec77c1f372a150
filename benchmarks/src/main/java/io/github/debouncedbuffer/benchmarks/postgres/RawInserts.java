// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.benchmarks.postgres;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.debouncedbuffer.benchmarks.limits.Submitters;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.LongAdder;
import javax.sql.DataSource;

/**
 * The driver alone, as fast as this server lets anybody be: each connection inserts its rows with
 * one statement, one round trip and one commit for each group of them.
 */
final class RawInserts {

  private static final byte[] PAYLOAD = Submitters.PAYLOAD.getBytes(UTF_8);
  private static final int KEYS = 400;
  private static final String SCHEMA =
      """
      CREATE TABLE messages (
        key TEXT COLLATE "C", id BIGINT, at BIGINT NOT NULL, payload BYTEA NOT NULL,
        PRIMARY KEY (key, id))
      """;
  private static final String INSERT =
      """
      INSERT INTO messages (key, id, at, payload)
      SELECT * FROM unnest(?::text[], ?::bigint[], ?::bigint[], ?::bytea[])
      """;

  private RawInserts() {}

  /**
   * Inserts for a while. Returns rows per second.
   *
   * @param source of an empty database
   */
  static double perSecond(DataSource source, int connections, int rowsPerCommit, long nanos)
      throws SQLException, InterruptedException, ExecutionException {
    List<Connection> all = new ArrayList<>();
    try {
      for (int i = 0; i < connections; i++) {
        all.add(source.getConnection());
      }
      try (Statement statement = all.get(0).createStatement()) {
        statement.execute(SCHEMA);
      }
      return insert(all, rowsPerCommit, nanos);
    } finally {
      for (Connection each : all) {
        each.close();
      }
    }
  }

  private static double insert(List<Connection> connections, int rows, long nanos)
      throws InterruptedException, ExecutionException {
    ExecutorService threads = Executors.newFixedThreadPool(connections.size());
    try {
      LongAdder inserted = new LongAdder();
      long begin = System.nanoTime();
      List<Future<?>> all = new ArrayList<>();
      for (int i = 0; i < connections.size(); i++) {
        Connection connection = connections.get(i);
        int firstKey = i * KEYS;
        all.add(
            threads.submit(
                () -> {
                  insert(connection, firstKey, rows, begin + nanos, inserted);
                  return null;
                }));
      }
      for (Future<?> each : all) {
        each.get();
      }
      return inserted.sum() * 1e9 / (System.nanoTime() - begin);
    } finally {
      threads.shutdownNow();
    }
  }

  private static void insert(
      Connection connection, int firstKey, int rows, long end, LongAdder inserted)
      throws SQLException {
    String[] keys = new String[rows];
    Long[] ids = new Long[rows];
    byte[][] payloads = new byte[rows][];
    try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
      for (long id = 0; System.nanoTime() < end; inserted.add(rows)) {
        for (int i = 0; i < rows; i++, id++) {
          keys[i] = "wati:5037000" + (firstKey + id % KEYS);
          ids[i] = id;
          payloads[i] = PAYLOAD;
        }
        insert.setArray(1, connection.createArrayOf("text", keys));
        insert.setArray(2, connection.createArrayOf("bigint", ids));
        insert.setArray(3, connection.createArrayOf("bigint", ids));
        insert.setArray(4, connection.createArrayOf("bytea", payloads));
        insert.executeUpdate();
      }
    }
  }
}
