// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.postgres;

import io.github.debouncedbuffer.spi.KeyRow;

/**
 * The statements of the tables, in the order of the flow; {@code {schema}} stands for the schema's
 * quoted name, so that no search path matters. Those about a whole {@code KeyRow} or message are
 * put together by {@link Columns}.
 */
final class Sql {

  private Sql() {}

  /** A statement for this schema, whose name was checked by {@link PostgresOptions}. */
  static String in(String schema, String statement) {
    return statement.replace("{schema}", '"' + schema + '"');
  }

  // Lock. Rows are locked in the order of their keys, so that two nodes do not wait for each other.

  static final String LOCK_KEYS =
      "SELECT "
          + KeyColumns.ALL.names()
          + " FROM {schema}.keys WHERE key = ANY (?) ORDER BY key FOR UPDATE";

  /** See {@link Look}. */
  static final String LOOK =
      """
      SELECT (extract(epoch FROM clock_timestamp()) * 1000000)::bigint,
        (SELECT last_value FROM {schema}.sequences),
        (SELECT last_value FROM {schema}.tokens),
        (SELECT coalesce(sum(pending), 0)::bigint FROM {schema}.nodes),
        due.key, due.due_at, unrecovered.key, unrecovered.due_at,
        (SELECT forget_at FROM {schema}.message_ids WHERE forget_at IS NOT NULL
          ORDER BY forget_at LIMIT 1)
      FROM (SELECT) AS one
      LEFT JOIN LATERAL (
        SELECT key, due_at FROM {schema}.keys
        WHERE due_at IS NOT NULL ORDER BY due_at LIMIT 1) AS due ON true
      LEFT JOIN LATERAL (
        SELECT key, due_at FROM {schema}.keys
        WHERE due_at IS NOT NULL AND batch_recovered IS NOT TRUE
        ORDER BY due_at LIMIT 1) AS unrecovered ON true
      """;

  static final String DRAW_SEQUENCES = "SELECT nextval('{schema}.sequences')";

  static final String DRAW_TOKENS = "SELECT nextval('{schema}.tokens')";

  // Recover, due.

  static final String LOCK_DUE =
      "SELECT "
          + KeyColumns.ALL.names()
          + """
           FROM {schema}.keys
          WHERE due_at <= ? AND (? OR batch_recovered IS NOT TRUE)
          ORDER BY due_at, key
          LIMIT ?
          FOR UPDATE SKIP LOCKED
          """;

  static final String LOCK_FOR_RECOVERY =
      "SELECT "
          + KeyColumns.ALL.names()
          + """
           FROM {schema}.keys
          WHERE (state = 'RUNNING' AND (batch_lease_until IS NULL OR batch_lease_until <= ?))
            OR greatest(window_counts_from, batch_since) > ?
          LIMIT ?
          FOR UPDATE SKIP LOCKED
          """;

  static final String NEXT_DUE =
      """
      SELECT due_at FROM {schema}.keys
      WHERE due_at IS NOT NULL AND (? OR batch_recovered IS NOT TRUE)
      ORDER BY due_at
      LIMIT 1
      """;

  // Submit.

  static final String KNOWN_IDS =
      """
      SELECT key, message_id, sequence, forget_at FROM {schema}.message_ids
      WHERE (key, message_id) IN (SELECT * FROM unnest(?::text[], ?::text[]))
      """;

  static final String APPEND_MESSAGES =
      "INSERT INTO {schema}.messages ("
          + MessageColumns.ALL.names()
          + ") SELECT * FROM "
          + MessageColumns.ALL.unnest();

  /** Those whose retention is over are out of the way of new ones. */
  static final String FORGET_THESE =
      """
      DELETE FROM {schema}.message_ids AS remembered
      USING unnest(?::text[], ?::text[]) AS ended (key, message_id)
      WHERE remembered.key = ended.key AND remembered.message_id = ended.message_id
        AND remembered.forget_at <= ?
      """;

  /**
   * Fails if one is there: somebody else has stored it meanwhile, whose key came and went, so that
   * the key's row shows nothing of that. See {@link Failures}.
   */
  static final String REMEMBER_IDS =
      """
      INSERT INTO {schema}.message_ids AS remembered (key, message_id, sequence)
      SELECT * FROM unnest(?::text[], ?::text[], ?::bigint[]) AS appended (key, message_id, sequence)
      ORDER BY key COLLATE "C", message_id COLLATE "C"
      """;

  /** The same, but one that is there now belongs to the new message. */
  static final String REMEMBER_ANEW =
      REMEMBER_IDS
          + """
          ON CONFLICT (key, message_id) DO UPDATE SET sequence = excluded.sequence, forget_at = NULL
          """;

  /** Fails if one is there: somebody else has made it meanwhile. See {@link Failures}. */
  static final String INSERT_KEYS =
      "INSERT INTO {schema}.keys ("
          + KeyColumns.ALL.names()
          + ") SELECT * FROM "
          + KeyColumns.ALL.unnest()
          + " AS saved ("
          + KeyColumns.ALL.names()
          + ") ORDER BY key COLLATE \"C\"";

  /** Those that are locked. */
  static final String UPDATE_KEYS = updateKeys(KeyColumns.ALL);

  /** The same, if nothing but this differs. */
  static final String COUNT_IN_KEYS = updateKeys(KeyColumns.COUNT);

  private static String updateKeys(Columns<KeyRow> columns) {
    return "UPDATE {schema}.keys AS stored SET "
        + columns.assignments("saved")
        + " FROM "
        + columns.unnest()
        + " AS saved ("
        + columns.names()
        + ") WHERE stored.key = saved.key";
  }

  // Claim.

  static final String READ_MESSAGES =
      """
      SELECT wanted.key, m.sequence, m.message_id, m.arrived_at, m.checksum, m.payload
      FROM unnest(?::text[], ?::bigint[], ?::bigint[], ?::bigint[])
        AS wanted (key, after, through, most)
      CROSS JOIN LATERAL (
        SELECT * FROM {schema}.messages AS stored
        WHERE stored.key = wanted.key
          AND stored.sequence > wanted.after AND stored.sequence <= wanted.through
        ORDER BY stored.sequence
        LIMIT wanted.most) AS m
      """;

  // Complete. An id that was appended anew belongs to the newer message and is left alone. The node
  // counts what is gone in its own row, so that nobody has to wait for the count.

  static final String DELETE_MESSAGES =
      """
      WITH gone AS (
        DELETE FROM {schema}.messages AS stored
        USING unnest(?::text[], ?::bigint[], ?::bigint[]) AS ended (key, after, through)
        WHERE stored.key = ended.key
          AND stored.sequence > ended.after AND stored.sequence <= ended.through
        RETURNING stored.key, stored.message_id, stored.sequence),
      released AS (
        UPDATE {schema}.message_ids AS remembered SET forget_at = ?
        FROM gone
        WHERE remembered.key = gone.key AND remembered.message_id = gone.message_id
          AND remembered.sequence = gone.sequence),
      counted AS (
        INSERT INTO {schema}.nodes AS stored (node, slot, marker, pending)
        SELECT ?, ?, 0, -count(*) FROM gone
        ON CONFLICT (node, slot) DO UPDATE SET pending = stored.pending + excluded.pending)
      SELECT count(*) FROM gone
      """;

  static final String REMOVE_KEYS = "DELETE FROM {schema}.keys WHERE key = ANY (?)";

  static final String FORGET_IDS =
      """
      WITH ended AS (
        SELECT key, message_id FROM {schema}.message_ids
        WHERE forget_at <= ?
        ORDER BY forget_at
        LIMIT ?
        FOR UPDATE SKIP LOCKED)
      DELETE FROM {schema}.message_ids AS remembered
      USING ended
      WHERE remembered.key = ended.key AND remembered.message_id = ended.message_id
      """;

  // For operators.

  static final String STATS =
      """
      SELECT
        (SELECT count(*) FROM {schema}.messages),
        (SELECT count(*) FROM {schema}.keys WHERE state = 'WAITING'),
        (SELECT count(*) FROM {schema}.keys WHERE state = 'RUNNING'),
        (SELECT count(*) FROM {schema}.keys WHERE state = 'BACKING_OFF'),
        (SELECT count(*) FROM {schema}.dead_letters),
        (SELECT count(*) FROM {schema}.message_ids),
        (SELECT min(arrived_at) FROM {schema}.messages)
      """;
}
