// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.sqlite;

/** Every statement of the flow, in its order. The tables are in {@link Schema}. */
final class Sql {

  private Sql() {}

  // The frame of every transaction. IMMEDIATE: a deferred one that reads first and then writes is
  // refused as busy at once, whatever the timeout.

  static final String BEGIN = "BEGIN IMMEDIATE";
  static final String COMMIT = "COMMIT";
  static final String ROLLBACK = "ROLLBACK";
  static final String CHECKPOINT = "PRAGMA wal_checkpoint(TRUNCATE)";

  static final String LOAD_STORE =
      "SELECT store_id, last_transaction, next_sequence, next_token FROM store";

  static final String SAVE_STORE =
      "UPDATE store SET last_transaction = ?, next_sequence = ?, next_token = ?";

  // Open: everything but the payloads is read once.

  /** In the order of {@link KeyTable}. */
  private static final String KEY_COLUMNS =
      """
      id, counted_through, key, state, started_at, last_arrival_at, due_at, extended_until,
      policy_quiet, policy_min_wait, policy_max_wait, policy_max_batch, policy_follow_up,
      window_messages, window_opened_at, window_counts_from, window_due_now,
      batch_id, batch_token, batch_attempt, batch_messages, batch_through_sequence,
      batch_opened_at, batch_since, batch_recovered, supersedes
      """;

  static final String LOAD_MESSAGES = "SELECT sequence, key FROM messages ORDER BY sequence";

  static final String LOAD_KEYS = "SELECT " + KEY_COLUMNS + "FROM keys ORDER BY id";

  static final String LOAD_ARRIVALS =
      """
      SELECT sequence, arrived_at FROM messages
      WHERE sequence IN (SELECT value FROM json_each(?))
      """;

  // Submit: known ids first, then the row, then the message, its id and the row.

  static final String KNOWN_ID =
      """
      SELECT sequence FROM message_ids
      WHERE key = ? AND message_id = ? AND (forget_at IS NULL OR forget_at > ?)
      """;

  static final String APPEND_MESSAGE =
      """
      INSERT INTO messages (sequence, key, message_id, arrived_at, checksum, payload)
      VALUES (?, ?, ?, ?, ?, ?)
      """;

  static final String REMEMBER_ID =
      """
      INSERT INTO message_ids (key, message_id, sequence) VALUES (?, ?, ?)
      ON CONFLICT DO UPDATE SET sequence = excluded.sequence, forget_at = NULL
      """;

  static final String SAVE_KEY =
      "INSERT OR REPLACE INTO keys ("
          + KEY_COLUMNS
          + ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";

  // Claim.

  static final String READ_MESSAGES =
      """
      SELECT key, sequence, message_id, arrived_at, checksum, payload FROM messages
      WHERE sequence IN (SELECT value FROM json_each(?))
      ORDER BY sequence
      """;

  // Complete. An id that was appended anew belongs to the newer message and is left alone.

  static final String RELEASE_IDS =
      """
      UPDATE message_ids SET forget_at = ?
      WHERE (key, message_id, sequence) IN (
        SELECT key, message_id, sequence FROM messages
        WHERE sequence IN (SELECT value FROM json_each(?)) AND message_id IS NOT NULL)
      """;

  static final String DELETE_MESSAGES =
      "DELETE FROM messages WHERE sequence IN (SELECT value FROM json_each(?))";

  static final String REMOVE_KEY = "DELETE FROM keys WHERE id = ?";

  static final String NEXT_TO_FORGET =
      """
      SELECT coalesce(min(forget_at), 9223372036854775807) FROM message_ids
      WHERE forget_at IS NOT NULL
      """;

  static final String FORGET_IDS =
      """
      DELETE FROM message_ids
      WHERE (key, message_id) IN (
        SELECT key, message_id FROM message_ids
        WHERE forget_at <= ?
        ORDER BY forget_at
        LIMIT ?)
      """;

  // Dead-letter.

  static final String BURY_LETTER =
      """
      INSERT INTO dead_letters (id, key, reason, error, attempts, started_at, died_at)
      VALUES (?, ?, ?, ?, ?, ?, ?)
      """;

  static final String BURY_MESSAGES =
      """
      INSERT INTO dead_messages (sequence, letter_id, key, message_id, arrived_at, checksum, payload)
      SELECT sequence, ?, key, message_id, arrived_at, checksum, payload FROM messages
      WHERE sequence IN (SELECT value FROM json_each(?))
      """;

  static final String LIST_LETTERS =
      """
      SELECT id, key, reason, error, attempts, started_at, died_at FROM dead_letters
      WHERE id > ?
      ORDER BY id
      LIMIT ?
      """;

  static final String READ_DEAD_MESSAGES =
      """
      SELECT sequence, message_id, arrived_at, checksum, payload FROM dead_messages
      WHERE letter_id = ?
      ORDER BY sequence
      """;

  static final String RELEASE_DEAD_IDS =
      """
      UPDATE message_ids SET forget_at = ?
      WHERE (key, message_id, sequence) IN (
        SELECT key, message_id, sequence FROM dead_messages
        WHERE letter_id = ? AND message_id IS NOT NULL)
      """;

  static final String REMOVE_DEAD_MESSAGES = "DELETE FROM dead_messages WHERE letter_id = ?";

  static final String REMOVE_LETTER = "DELETE FROM dead_letters WHERE id = ?";

  // Erase. Few ask for it, so that what is dead is found by looking at all of it.

  static final String ERASE_DEAD_MESSAGES = "DELETE FROM dead_messages WHERE key = ?";

  static final String ERASE_LETTERS = "DELETE FROM dead_letters WHERE key = ?";

  static final String ERASE_IDS = "DELETE FROM message_ids WHERE key = ?";

  // For operators.

  static final String STATS =
      """
      SELECT
        (SELECT count(*) FROM dead_letters),
        (SELECT count(*) FROM message_ids),
        (SELECT arrived_at FROM messages ORDER BY sequence LIMIT 1)
      """;
}
