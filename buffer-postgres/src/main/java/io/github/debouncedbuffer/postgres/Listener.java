// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hears of due times from other nodes, on a thread and a connection of its own. While it has none
 * it hears nothing, so that each time it has got one it tells of a due time that has passed: then
 * somebody looks. Thread-safe.
 */
final class Listener implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Listener.class);

  /** After so long without a word it asks whether the connection is still there. */
  private static final int QUIET_MILLIS = 5_000;

  private static final long FIRST_PAUSE_MILLIS = 100;

  /** Up to 13 seconds. */
  private static final int DOUBLINGS = 7;

  private final DataSource source;
  private final PostgresOptions options;
  private final Channel channel;
  private final Consumer<Instant> sooner;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Object telling = new Object();
  private @Nullable Connection connection;

  private Listener(
      DataSource source, PostgresOptions options, Channel channel, Consumer<Instant> sooner) {
    this.source = source;
    this.options = options;
    this.channel = channel;
    this.sooner = sooner;
  }

  static Listener start(
      DataSource source, PostgresOptions options, Channel channel, Consumer<Instant> sooner) {
    Listener listener = new Listener(source, options, channel, sooner);
    Thread thread = new Thread(listener::run, "debounced-buffer-listen");
    thread.setDaemon(true);
    thread.start();
    return listener;
  }

  private void run() {
    int failures = 0;
    do {
      try (Connection own = Connecting.to(source, options.socketTimeout())) {
        begin(own);
        if (failures > 0) {
          LOG.info("PostgreSQL: due times of other nodes are heard of again");
        }
        failures = 0;
        tell(Instant.EPOCH);
        hear(own);
      } catch (SQLException | RuntimeException | Error e) {
        if (!isClosed() && failures++ == 0) {
          LOG.warn(
              "PostgreSQL: due times of other nodes are not heard of; the buffer looks by itself,"
                  + " and this connects again",
              e instanceof Exception said ? Failures.withoutDetails(said) : e);
        }
      }
    } while (!isClosedWithin(FIRST_PAUSE_MILLIS << Math.min(failures, DOUBLINGS)));
  }

  private void begin(Connection own) throws SQLException {
    own.setNetworkTimeout(Runnable::run, Session.patience(options));
    own.setAutoCommit(true);
    synchronized (telling) {
      if (isClosed()) {
        return;
      }
      connection = own;
    }
    try (Statement statement = own.createStatement()) {
      statement.execute(channel.listen());
    }
  }

  /** Until the connection fails, as it does when this is closed. */
  private void hear(Connection own) throws SQLException {
    PGConnection server = own.unwrap(PGConnection.class);
    try (Statement statement = own.createStatement()) {
      while (!isClosed()) {
        PGNotification[] all = server.getNotifications(QUIET_MILLIS);
        if (all == null || all.length == 0) {
          statement.execute("SELECT 1");
          continue;
        }
        for (PGNotification each : all) {
          channel.heard(each.getParameter()).ifPresent(this::tell);
        }
      }
    }
  }

  private void tell(Instant dueAt) {
    synchronized (telling) {
      if (!isClosed()) {
        sooner.accept(dueAt);
      }
    }
  }

  private boolean isClosed() {
    return closed.getCount() == 0;
  }

  private boolean isClosedWithin(long millis) {
    try {
      return closed.await(millis, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      LOG.error("The thread that hears of other nodes was interrupted, and has ended", e);
      return true;
    }
  }

  /** Nobody is told of anything any more. The thread ends when its connection does. */
  @Override
  public void close() {
    synchronized (telling) {
      closed.countDown();
      if (connection != null) {
        try {
          connection.abort(Runnable::run);
        } catch (SQLException e) {
          LOG.debug("A connection that is not used any more was left as it was", e);
        }
      }
    }
  }
}
