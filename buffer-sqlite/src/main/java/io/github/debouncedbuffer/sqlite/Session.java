// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.sqlite;

import io.github.debouncedbuffer.spi.KeyState;
import io.github.debouncedbuffer.spi.StoreStats;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection, its statements, what is pending, and the store's row as it was last committed.
 * Not thread-safe.
 *
 * <p>The transaction statements are SQLite's own: the driver's {@code commit()} would begin the
 * next transaction at once. See {@link Connector} for what it is told about that.
 */
final class Session {

  private static final Logger LOG = LoggerFactory.getLogger(Session.class);

  private final DatabaseFile file;
  private final Connection connection;
  private final Statements statements;
  private final Pending pending;
  private StoreRow store;
  private boolean traces;
  private boolean warned;

  /** Takes over a connection whose schema is the newest. */
  Session(DatabaseFile file, Connection connection) throws SQLException {
    this.file = file;
    this.connection = connection;
    this.statements = new Statements(connection);
    this.store = load(statements);
    this.pending = new PendingLoader(statements).load();
  }

  private static StoreRow load(Statements statements) throws SQLException {
    List<StoreRow> rows = statements.query(Sql.LOAD_STORE, p -> {}, Session::storeRow);
    if (rows.isEmpty()) {
      throw Failures.damaged("the store's own row is gone", null);
    }
    return rows.get(0);
  }

  private static StoreRow storeRow(Cursor c) throws SQLException {
    return new StoreRow(c.text(), c.number(), c.number(), c.number());
  }

  Statements statements() {
    return statements;
  }

  /** As this transaction has it, or as it was last committed. */
  Pending pending() {
    return pending;
  }

  /** The last committed one. */
  StoreRow store() {
    return store;
  }

  void begin() throws SQLException {
    statements.run(Sql.BEGIN);
  }

  void save(StoreRow row) throws SQLException {
    statements.update(
        Sql.SAVE_STORE,
        p -> p.number(row.lastTransaction()).number(row.nextSequence()).number(row.nextToken()));
  }

  void commit(StoreRow saved) throws SQLException {
    statements.run(Sql.COMMIT);
    store = saved;
  }

  /** What was erased is still in the log, as it was before. */
  void leavesTraces() {
    traces = true;
  }

  /**
   * Empties the log if there is something in it that is to go. A reader in the way is not waited
   * for: the next change tries again.
   */
  void wipe() throws SQLException {
    if (!traces) {
      return;
    }
    String timeout = Pragmas.read(connection, "busy_timeout");
    Pragmas.execute(connection, "PRAGMA busy_timeout = 0");
    try {
      traces = !checkpoint();
    } finally {
      Pragmas.execute(connection, "PRAGMA busy_timeout = " + timeout);
    }
    if (traces && !warned) {
      LOG.warn("{}: a reader keeps what was erased in the log; it goes when that has ended", file);
    }
    warned = traces;
  }

  /** Fails if no transaction is open, so that it proves that there was one. */
  void rollback() throws SQLException {
    statements.forget();
    statements.run(Sql.ROLLBACK);
  }

  /** Moves the log into the database and syncs it. False if a reader was in the way. */
  boolean checkpoint() throws SQLException {
    List<Long> busy = statements.query(Sql.CHECKPOINT, p -> {}, Cursor::number);
    return busy.equals(List.of(0L));
  }

  StoreStats stats() throws SQLException {
    return statements
        .query(
            Sql.STATS,
            p -> {},
            c ->
                new StoreStats(
                    pending.messages(),
                    pending.index.count(KeyState.WAITING),
                    pending.index.count(KeyState.RUNNING),
                    pending.index.count(KeyState.BACKING_OFF),
                    c.number(),
                    c.number(),
                    c.timeOrNull(),
                    file.logBytes()))
        .get(0);
  }

  /**
   * Closing the last connection moves what is in the log into the database. If that was replaced
   * meanwhile, SQLite notices and leaves the new one, and the log, alone.
   */
  void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      LOG.warn("Closing {} failed; what was committed is in the file or its log", file, e);
    }
  }
}
