// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.sql.DataSource;

/**
 * Takes a connection from a data source within a limit. Without timeouts of its own, which few set,
 * a data source waits for ever for a server that accepts the connection and says nothing.
 */
final class Connecting {

  private static final String UNABLE_TO_CONNECT = "08001";

  private Connecting() {}

  static Connection to(DataSource source, Duration limit) throws SQLException {
    CompletableFuture<Connection> connected = new CompletableFuture<>();
    Thread thread = new Thread(() -> connect(source, connected), "debounced-buffer-connect");
    thread.setDaemon(true);
    thread.start();
    return await(connected, limit);
  }

  /** A connection that nobody waits for any more is closed. */
  private static void connect(DataSource source, CompletableFuture<Connection> connected) {
    try {
      Connection connection = source.getConnection();
      if (!connected.complete(connection)) {
        connection.close();
      }
    } catch (SQLException | RuntimeException | Error failed) {
      connected.completeExceptionally(failed);
    }
  }

  /** An interrupt does not end the wait, and is kept. */
  private static Connection await(CompletableFuture<Connection> connected, Duration limit)
      throws SQLException {
    long deadline = System.nanoTime() + limit.toNanos();
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return connected.get(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    } catch (TimeoutException e) {
      if (!connected.cancel(false) && !connected.isCompletedExceptionally()) {
        return connected.join(); // it has come this very moment
      }
      throw new SQLTimeoutException("no connection within " + limit, UNABLE_TO_CONNECT, e);
    } catch (ExecutionException e) {
      throw failure(Objects.requireNonNull(e.getCause()));
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static SQLException failure(Throwable cause) {
    if (cause instanceof SQLException failed) {
      return failed;
    } else if (cause instanceof Error error) {
      throw error;
    }
    return new SQLException("the data source failed", UNABLE_TO_CONNECT, cause);
  }
}
