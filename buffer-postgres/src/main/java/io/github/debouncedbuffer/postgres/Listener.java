// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
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

  private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);

  private final DataSource source;
  private final PostgresOptions options;
  private final Channel channel;
  private final Consumer<Instant> sooner;
  private final CountDownLatch closed = new CountDownLatch(1);
  private @Nullable Connection connection;
  private boolean warned;
  private Duration pause = FIRST_PAUSE;

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
    try {
      while (!isClosed()) {
        try {
          listen();
        } catch (SQLException | RuntimeException e) {
          failed(e);
        }
      }
    } catch (InterruptedException e) {
      LOG.error("The thread that hears of other nodes was interrupted, and has ended", e);
    }
  }

  /** Until it fails, as it does when this is closed. */
  private void listen() throws SQLException {
    try (Connection own = source.getConnection()) {
      if (!isTaken(own)) {
        return;
      }
      own.setNetworkTimeout(Runnable::run, (int) options.socketTimeout().toMillis());
      try (Statement statement = own.createStatement()) {
        statement.execute(channel.listen());
        heard();
        while (true) {
          PGNotification[] all = own.unwrap(PGConnection.class).getNotifications(QUIET_MILLIS);
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
  }

  private void heard() {
    if (warned) {
      LOG.info("PostgreSQL: due times of other nodes are heard of again");
    }
    warned = false;
    pause = FIRST_PAUSE;
    tell(Instant.EPOCH);
  }

  private void failed(Exception e) throws InterruptedException {
    if (isClosed()) {
      return;
    }
    if (!warned) {
      LOG.warn(
          "PostgreSQL: due times of other nodes are not heard of; the buffer looks by itself, and"
              + " this connects again",
          e);
      warned = true;
    }
    closed.await(pause.toMillis(), TimeUnit.MILLISECONDS);
    Duration twice = pause.multipliedBy(2);
    pause = twice.compareTo(LONGEST_PAUSE) < 0 ? twice : LONGEST_PAUSE;
  }

  private synchronized void tell(Instant dueAt) {
    if (!isClosed()) {
      sooner.accept(dueAt);
    }
  }

  private synchronized boolean isTaken(Connection own) {
    connection = own;
    return !isClosed();
  }

  private boolean isClosed() {
    return closed.getCount() == 0;
  }

  /** Nobody is told of anything any more. The thread ends when its connection does. */
  @Override
  public synchronized void close() {
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
