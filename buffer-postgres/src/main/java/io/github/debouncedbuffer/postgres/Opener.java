// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.postgres;

import io.github.debouncedbuffer.spi.StoreException;
import io.github.debouncedbuffer.spi.StoreException.Reason;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens the schema: makes the tables if they are absent, in one transaction, so that a kill leaves
 * nothing or all of them; otherwise finds out whether they are ours and which version they have.
 */
final class Opener {

  private static final Logger LOG = LoggerFactory.getLogger(Opener.class);

  private static final Set<String> TABLES =
      Set.of(
          "store",
          "nodes",
          "keys",
          "messages",
          "message_ids",
          "dead_letters",
          "dead_messages",
          "sequences",
          "tokens");

  private static final String FSYNC = "SELECT current_setting('fsync')";

  private static final String SCHEMAS =
      "SELECT count(*) FROM pg_catalog.pg_namespace WHERE nspname = ?";

  private static final String RELATIONS =
      """
      SELECT relname FROM pg_catalog.pg_class AS c
      JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
      WHERE n.nspname = ? AND c.relkind IN ('r', 'p', 'v', 'm', 'f', 'S')
      """;

  /** Two nodes that start at once make the tables one after the other. */
  private static final String TAKE_TURNS = "SELECT pg_advisory_xact_lock(hashtextextended(?, 0))";

  private static final String STORE = "SELECT version, store_id FROM {schema}.store";

  private record StoreRow(int version, String storeId) {}

  private final PostgresOptions options;
  private final String schema;

  Opener(PostgresOptions options) {
    this.options = options;
    this.schema = options.schema();
  }

  /** With a connection that is held from now on. */
  Sessions open(DataSource source, Node node) throws SQLException {
    Session session = Session.connect(source, options, 0);
    boolean opened = false;
    try {
      Statements statements = session.statements();
      warnOfLoss(statements);
      if (!isThere(statements)) {
        create(session);
      }
      String storeId = storeId(statements);
      node.table().merge(statements);
      Numbers numbers = session.numbers(new Looks(statements));
      for (Numbers.Of counter : Numbers.Of.values()) {
        numbers.draw(counter, 1);
      }
      session.commit(numbers);
      opened = true;
      return new Sessions(source, options, storeId, session);
    } finally {
      if (!opened) {
        session.spoil();
      }
    }
  }

  private static void warnOfLoss(Statements statements) throws SQLException {
    if (statements.single(FSYNC, p -> {}, Cursor::text).equals("off")) {
      LOG.warn("PostgreSQL runs with fsync off: a power cut loses what was stored. Set it on");
    }
  }

  private boolean isThere(Statements statements) throws SQLException {
    List<String> found = statements.query(RELATIONS, p -> p.text(schema), Cursor::text);
    if (!found.isEmpty() && !new HashSet<>(found).containsAll(TABLES)) {
      throw new StoreException(
          Reason.SCHEMA,
          "the schema " + schema + " holds something else; it was left as it is. Use another name");
    }
    return !found.isEmpty();
  }

  private void create(Session session) throws SQLException {
    if (!options.createSchema()) {
      throw new StoreException(
          Reason.SCHEMA,
          "the schema " + schema + " has no tables of the store. Run this:\n" + options.ddl());
    }
    Statements statements = session.statements();
    statements.single(TAKE_TURNS, p -> p.text(schema), c -> true);
    if (isThere(statements)) {
      return;
    }
    if (statements.single(SCHEMAS, p -> p.text(schema), Cursor::count) == 0) {
      session.run(Ddl.createSchema(options));
    }
    session.run(Ddl.createTables(options));
    LOG.info("Made the tables of the store in the schema {}", schema);
  }

  private String storeId(Statements statements) throws SQLException {
    StoreRow row = statements.single(STORE, p -> {}, c -> new StoreRow(c.count(), c.text()));
    if (row.version != Ddl.VERSION) {
      throw new StoreException(
          Reason.SCHEMA,
          "the schema "
              + schema
              + " has version "
              + row.version
              + ", this library knows "
              + Ddl.VERSION
              + "; it was left as it is. Use the library that made it, or a newer one");
    }
    return row.storeId;
  }
}
