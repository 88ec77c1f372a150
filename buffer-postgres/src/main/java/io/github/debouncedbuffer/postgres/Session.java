// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection, the slot of its transactions, and what is left of its numbers. Not thread-safe.
 */
final class Session implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Session.class);
  private static final Executor AT_ONCE = Runnable::run;

  private final Connection connection;
  private final int slot;
  private final Statements statements;
  private Map<Numbers.Of, Numbers.Block> blocks = Map.of();
  private final int networkTimeout;
  private final boolean autoCommit;
  private boolean spoiled;

  private Session(Connection connection, int slot, PostgresOptions options) throws SQLException {
    this.connection = connection;
    this.networkTimeout = connection.getNetworkTimeout();
    this.autoCommit = connection.getAutoCommit();
    this.slot = slot;
    this.statements = new Statements(connection, options.schema(), settings(options));
  }

  /** Takes a connection, and waits for it no longer than for an answer. */
  static Session connect(DataSource source, PostgresOptions options, int slot) throws SQLException {
    Connection connection = Connecting.to(source, options.socketTimeout());
    boolean ready = false;
    try {
      Session session = new Session(connection, slot, options);
      connection.setNetworkTimeout(AT_ONCE, patience(options));
      connection.setAutoCommit(false);
      ready = true;
      return session;
    } finally {
      if (!ready) {
        connection.close();
      }
    }
  }

  /**
   * Longer than the server's for a statement, so that it is the server who ends one that takes too
   * long. What is sent together is answered together, so that a connection may be cut although each
   * statement would have ended in time; then it is found out what became of them.
   */
  static int patience(PostgresOptions options) {
    return (int) options.socketTimeout().plusSeconds(1).toMillis();
  }

  /**
   * What holds for one transaction. A commit that the server does not secure is no commit; a node
   * that is paused or cut off does not keep its locks for so long that others, who wait for them,
   * cannot renew their claims. The tables change so quickly that what the server knows of their
   * sizes is of the past, so that it has to be told to go by the indexes.
   */
  private static List<String> settings(PostgresOptions options) {
    return List.of(
        "SET TRANSACTION ISOLATION LEVEL READ COMMITTED",
        ownLimits(options)
            + ", set_config('synchronous_commit', CASE current_setting('synchronous_commit')"
            + " WHEN 'off' THEN 'on' ELSE current_setting('synchronous_commit') END, true)");
  }

  private static String ownLimits(PostgresOptions options) {
    return limits(options.lockTimeout(), options.socketTimeout(), options.pause(), "off");
  }

  /**
   * For one transaction: waiting for a lock, a statement, a pause between two; and the planner's.
   */
  private static String limits(Duration lock, Duration statement, Duration pause, String seqScan) {
    return "SELECT set_config('lock_timeout', '%d', true), set_config('statement_timeout', '%d', true),"
            .formatted(lock.toMillis(), statement.toMillis())
        + " set_config('idle_in_transaction_session_timeout', '%d', true),"
            .formatted(pause.toMillis())
        + " set_config('enable_seqscan', '%s', true)".formatted(seqScan);
  }

  /** Lets each of a handler's statements, and each pause between them, take so long. */
  void allow(PostgresOptions options) throws SQLException {
    Duration each = options.completionTimeout();
    statements.single(limits(each, each, each, "on"), p -> {}, c -> true);
  }

  /**
   * From here on keys are locked, for which other nodes may wait. What the handler's work has left
   * for the commit is looked at now.
   */
  void allowNoMore(PostgresOptions options) throws SQLException {
    statements.update("SET CONSTRAINTS ALL IMMEDIATE", p -> {});
    statements.single(ownLimits(options), p -> {}, c -> true);
  }

  /** From another thread: whatever is waited for on the connection fails. */
  void abort() {
    quietly(() -> connection.abort(AT_ONCE));
  }

  Connection connection() {
    return connection;
  }

  int slot() {
    return slot;
  }

  Statements statements() {
    return statements;
  }

  /** For the next transaction. */
  Numbers numbers(Looks looks) {
    return new Numbers(statements, looks, blocks);
  }

  /** Runs any number of statements that have no parameters. */
  void run(String script) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(script);
    }
  }

  void commit(Numbers drawn) throws SQLException {
    statements.commit();
    blocks = drawn.left();
  }

  void rollback() throws SQLException {
    statements.rollback();
  }

  boolean isSpoiled() {
    return spoiled;
  }

  /** Closes the connection for good, also where a pool would keep it. */
  void spoil() {
    if (!spoiled) {
      spoiled = true;
      quietly(() -> connection.abort(AT_ONCE));
      quietly(connection::close);
    }
  }

  /** Gives the connection back as it came. No transaction is open. */
  @Override
  public void close() {
    if (!spoiled) {
      spoiled = true;
      quietly(() -> connection.setNetworkTimeout(AT_ONCE, networkTimeout));
      quietly(() -> connection.setAutoCommit(autoCommit));
      quietly(connection::close);
    }
  }

  private interface Step {
    void run() throws SQLException;
  }

  private static void quietly(Step step) {
    try {
      step.run();
    } catch (SQLException e) {
      LOG.debug("A connection that is not used any more was left as it was", e);
    }
  }
}
