// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.sqlite;

import io.github.debouncedbuffer.spi.StoreException;
import io.github.debouncedbuffer.spi.StoreException.Reason;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;

/**
 * Whose database it is and which version its tables have: {@code application_id} and {@code
 * user_version} in the file's header. A migration and its version are one transaction, so that a
 * kill leaves the old version or the new one.
 */
final class Schema {

  /** "DbBf" in ASCII. */
  static final int APPLICATION_ID = 0x44624266;

  /** One step, from the version before it. Steps are added, never changed. */
  @FunctionalInterface
  private interface Migration {
    void apply(Connection connection, String storeId) throws SQLException;
  }

  private static final List<Migration> MIGRATIONS = List.of(Schema::version1);

  private Schema() {}

  static int newest() {
    return MIGRATIONS.size();
  }

  /** The version of our own tables; 0 for a database with nothing in it. Changes nothing. */
  static int version(Connection connection, DatabaseFile file) throws SQLException {
    int application = Integer.parseInt(Pragmas.read(connection, "application_id"));
    int version = Integer.parseInt(Pragmas.read(connection, "user_version"));
    String objects = Pragmas.single(connection, "SELECT count(*) FROM sqlite_schema");
    if (application == 0 && version == 0 && objects.equals("0")) {
      return 0;
    }
    if (application != APPLICATION_ID || version < 1) {
      throw new StoreException(
          Reason.SCHEMA,
          file + " is a database of something else; it was left as it is. Use another file");
    }
    if (version > newest()) {
      throw new StoreException(
          Reason.SCHEMA,
          file
              + " has schema version "
              + version
              + ", this library knows up to "
              + newest()
              + "; it was left as it is. Use the newer library");
    }
    return version;
  }

  /** Brings the tables to the newest version, each step in one transaction. */
  static void migrate(Connection connection, int from, String newStoreId) throws SQLException {
    for (int version = from + 1; version <= newest(); version++) {
      Pragmas.execute(connection, Sql.BEGIN);
      MIGRATIONS.get(version - 1).apply(connection, newStoreId);
      Pragmas.execute(connection, "PRAGMA application_id = " + APPLICATION_ID);
      Pragmas.execute(connection, "PRAGMA user_version = " + version);
      Pragmas.execute(connection, Sql.COMMIT);
    }
  }

  private static void version1(Connection connection, String storeId) throws SQLException {
    for (String statement : VERSION_1) {
      Pragmas.execute(connection, statement);
    }
    try (PreparedStatement insert = connection.prepareStatement(CREATE_STORE)) {
      insert.setString(1, storeId);
      insert.executeUpdate();
    }
  }

  private static final String CREATE_STORE =
      """
      INSERT INTO store (id, store_id, last_transaction, next_sequence, next_token)
      VALUES (1, ?, 0, 1, 1)
      """;

  /** Instants and durations are in nanoseconds. The payload stands last: the rest is read first. */
  private static final List<String> VERSION_1 =
      List.of(
          """
          CREATE TABLE store (
            id INTEGER PRIMARY KEY CHECK (id = 1),
            store_id TEXT NOT NULL,
            last_transaction INTEGER NOT NULL,
            next_sequence INTEGER NOT NULL,
            next_token INTEGER NOT NULL
          ) STRICT
          """,
          """
          CREATE TABLE messages (
            sequence INTEGER PRIMARY KEY,
            key TEXT NOT NULL,
            message_id TEXT,
            arrived_at INTEGER NOT NULL,
            checksum INTEGER NOT NULL,
            payload BLOB NOT NULL
          ) STRICT
          """,
          """
          CREATE TABLE message_ids (
            key TEXT NOT NULL,
            message_id TEXT NOT NULL,
            sequence INTEGER NOT NULL,
            forget_at INTEGER,
            PRIMARY KEY (key, message_id)
          ) STRICT, WITHOUT ROWID
          """,
          """
          CREATE INDEX message_ids_to_forget ON message_ids (forget_at)
          WHERE forget_at IS NOT NULL
          """,
          """
          CREATE TABLE keys (
            id INTEGER PRIMARY KEY,
            counted_through INTEGER NOT NULL,
            key TEXT NOT NULL,
            state TEXT NOT NULL,
            started_at INTEGER NOT NULL,
            last_arrival_at INTEGER NOT NULL,
            due_at INTEGER,
            extended_until INTEGER,
            policy_quiet INTEGER NOT NULL,
            policy_min_wait INTEGER NOT NULL,
            policy_max_wait INTEGER NOT NULL,
            policy_max_batch INTEGER NOT NULL,
            policy_follow_up TEXT NOT NULL,
            window_messages INTEGER,
            window_opened_at INTEGER,
            window_counts_from INTEGER,
            window_due_now INTEGER,
            batch_id INTEGER,
            batch_token INTEGER,
            batch_attempt INTEGER,
            batch_messages INTEGER,
            batch_through_sequence INTEGER,
            batch_opened_at INTEGER,
            batch_since INTEGER,
            batch_recovered INTEGER,
            supersedes INTEGER NOT NULL
          ) STRICT
          """,
          """
          CREATE TABLE dead_letters (
            id INTEGER PRIMARY KEY,
            key TEXT NOT NULL,
            reason TEXT NOT NULL,
            error TEXT NOT NULL,
            attempts INTEGER NOT NULL,
            started_at INTEGER NOT NULL,
            died_at INTEGER NOT NULL
          ) STRICT
          """,
          """
          CREATE TABLE dead_messages (
            sequence INTEGER PRIMARY KEY,
            letter_id INTEGER NOT NULL,
            key TEXT NOT NULL,
            message_id TEXT,
            arrived_at INTEGER NOT NULL,
            checksum INTEGER NOT NULL,
            payload BLOB NOT NULL
          ) STRICT
          """,
          "CREATE INDEX dead_messages_by_letter ON dead_messages (letter_id)");
}
