// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.sqlite;

import io.github.debouncedbuffer.spi.StoreException;
import io.github.debouncedbuffer.spi.StoreException.Reason;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Objects;

/** Opens the file: for the first time, with all the checks, or again after a failure. */
final class Opener {

  private final DatabaseFile file;
  private final SqliteOptions options;
  private final Connector writer;

  Opener(DatabaseFile file, SqliteOptions options, Connector writer) {
    this.file = file;
    this.options = options;
    this.writer = writer;
  }

  /** A step with a connection; the connection is closed if it fails. */
  @FunctionalInterface
  private interface Step {
    Session run(Connection connection) throws SQLException;
  }

  Session open() {
    file.create();
    inspect();
    return connected(
        connection -> {
          int version = Schema.version(connection, file);
          Pragmas.apply(connection, file);
          Schema.migrate(connection, version, newStoreId());
          Session session = new Session(file, connection);
          provesWritable(session);
          session.checkpoint(); // A reader in the way is no reason to refuse.
          return session;
        });
  }

  /** Nothing is made or migrated here: the tables are ours, or the file is not what it was. */
  Session reopen(String storeId) {
    return connected(
        connection -> {
          if (Schema.version(connection, file) != Schema.newest()) {
            throw new StoreException(
                Reason.CORRUPT, file + " was emptied while it was open; restore a backup");
          }
          Pragmas.apply(connection, file);
          Session session = new Session(file, connection);
          if (!session.store().storeId().equals(storeId)) {
            throw new StoreException(
                Reason.UNAVAILABLE, file + " was replaced while it was open; nothing was stored");
          }
          if (!session.checkpoint()) {
            throw new StoreException(
                Reason.BUSY,
                file + ": a reader keeps the log from being secured; nothing was stored. End it");
          }
          return session;
        });
  }

  /** With a connection that cannot write: a foreign file, and its log, are left as they are. */
  private void inspect() {
    try (Connection connection = Connector.reader(file, options).open()) {
      Schema.version(connection, file);
    } catch (SQLException e) {
      // A journal that was left by a crash can be rolled back by the writer only; it looks then.
      if (Failures.reason(e) != Reason.READ_ONLY) {
        throw Failures.of(file, e);
      }
    }
  }

  /** A file that cannot be written can be opened, and even BEGIN IMMEDIATE succeeds on it. */
  private static void provesWritable(Session session) throws SQLException {
    StoreRow marked = session.store().marked();
    session.begin();
    session.save(marked);
    session.commit(marked);
  }

  private Session connected(Step step) {
    try {
      Connection connection = writer.open();
      boolean done = false;
      try {
        Session session = step.run(connection);
        done = true;
        return session;
      } finally {
        if (!done) {
          connection.close();
        }
      }
    } catch (SQLException e) {
      throw Failures.of(file, e);
    }
  }

  private String newStoreId() {
    return Objects.requireNonNullElseGet(options.storeId(), SqliteOptions::randomStoreId);
  }
}
