// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.postgres;

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
        (SELECT due_at FROM {schema}.keys
          WHERE due_at IS NOT NULL AND batch_recovered IS NOT TRUE ORDER BY due_at LIMIT 1),
        (SELECT forget_at FROM {schema}.message_ids WHERE forget_at IS NOT NULL
          ORDER BY forget_at LIMIT 1)
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
      SELECT key, message_id, sequence FROM {schema}.message_ids
      WHERE (key, message_id) IN (SELECT * FROM unnest(?::text[], ?::text[]))
        AND (forget_at IS NULL OR forget_at > ?)
      """;

  static final String APPEND_MESSAGES =
      "INSERT INTO {schema}.messages ("
          + MessageColumns.ALL.names()
          + ") SELECT * FROM "
          + MessageColumns.ALL.unnest();

  /** An id that is still there is taken over: always, or only if its retention is over. */
  static final String REMEMBER_IDS =
      """
      INSERT INTO {schema}.message_ids AS remembered (key, message_id, sequence)
      SELECT * FROM unnest(?::text[], ?::text[], ?::bigint[]) AS appended (key, message_id, sequence)
      ORDER BY key COLLATE "C", message_id COLLATE "C"
      ON CONFLICT (key, message_id) DO UPDATE SET sequence = excluded.sequence, forget_at = NULL
      WHERE remembered.forget_at <= ? OR ?
      """;

  /**
   * Of rows that are there, those alone are replaced that were there when they were locked: one
   * that somebody else has made meanwhile is left alone, and so not counted.
   */
  static final String SAVE_KEYS =
      "INSERT INTO {schema}.keys AS stored ("
          + KeyColumns.ALL.names()
          + ") SELECT * FROM "
          + KeyColumns.ALL.unnest()
          + " AS saved ("
          + KeyColumns.ALL.names()
          + ") ORDER BY key COLLATE \"C\" ON CONFLICT (key) DO UPDATE SET "
          + KeyColumns.ALL.assignments("excluded")
          + " WHERE stored.key = ANY (?)";

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

  // Complete. An id that was appended anew belongs to the newer message and is left alone.

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
          AND remembered.sequence = gone.sequence)
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

  // Dead-letter.

  static final String BURY_LETTER =
      """
      INSERT INTO {schema}.dead_letters (id, key, reason, error, attempts, started_at, died_at)
      VALUES (?, ?, ?, ?, ?, ?, ?)
      """;

  static final String BURY_MESSAGES =
      """
      WITH gone AS (
        DELETE FROM {schema}.messages
        WHERE key = ? AND sequence > ? AND sequence <= ?
        RETURNING sequence, message_id, arrived_at, checksum, payload)
      INSERT INTO {schema}.dead_messages
        (letter_id, sequence, message_id, arrived_at, checksum, payload)
      SELECT ?, sequence, message_id, arrived_at, checksum, payload FROM gone
      """;

  static final String LIST_LETTERS =
      """
      SELECT id, key, reason, error, attempts, started_at, died_at FROM {schema}.dead_letters
      WHERE id > ?
      ORDER BY id
      LIMIT ?
      """;

  static final String READ_DEAD_MESSAGES =
      """
      SELECT letter_id, sequence, message_id, arrived_at, checksum, payload
      FROM {schema}.dead_messages
      WHERE letter_id = ANY (?)
      """;

  static final String REMOVE_LETTER =
      """
      WITH letter AS (DELETE FROM {schema}.dead_letters WHERE id = ? RETURNING id, key),
      gone AS (
        DELETE FROM {schema}.dead_messages AS dead
        USING letter
        WHERE dead.letter_id = letter.id
        RETURNING letter.key, dead.message_id, dead.sequence),
      released AS (
        UPDATE {schema}.message_ids AS remembered SET forget_at = ?
        FROM gone
        WHERE remembered.key = gone.key AND remembered.message_id = gone.message_id
          AND remembered.sequence = gone.sequence)
      SELECT count(*) FROM letter
      """;

  // Erase. Few ask for it, so that what is dead is found by looking at all letters.

  static final String ERASE =
      """
      WITH pending AS (DELETE FROM {schema}.messages WHERE key = ? RETURNING 1),
      letters AS (DELETE FROM {schema}.dead_letters WHERE key = ? RETURNING id),
      dead AS (
        DELETE FROM {schema}.dead_messages
        WHERE letter_id IN (SELECT id FROM letters)
        RETURNING 1),
      ids AS (DELETE FROM {schema}.message_ids WHERE key = ?)
      SELECT (SELECT count(*) FROM pending), (SELECT count(*) FROM dead)
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
