// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.postgres;

import io.github.debouncedbuffer.spi.BuriedLetter;
import io.github.debouncedbuffer.spi.DeadLetterRow;
import io.github.debouncedbuffer.spi.MessageRange;
import io.github.debouncedbuffer.spi.StoredMessage;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The tables {@code dead_letters} and {@code dead_messages}. */
final class DeadLetterTable {

  private static final String BURY_LETTER =
      """
      INSERT INTO {schema}.dead_letters (id, key, reason, error, attempts, started_at, died_at)
      VALUES (?, ?, ?, ?, ?, ?, ?)
      """;

  private static final String BURY_MESSAGES =
      """
      WITH gone AS (
        DELETE FROM {schema}.messages
        WHERE key = ? AND sequence > ? AND sequence <= ?
        RETURNING sequence, message_id, arrived_at, checksum, payload)
      INSERT INTO {schema}.dead_messages
        (letter_id, sequence, message_id, arrived_at, checksum, payload)
      SELECT ?, sequence, message_id, arrived_at, checksum, payload FROM gone
      """;

  private static final String LIST_LETTERS =
      """
      SELECT id, key, reason, error, attempts, started_at, died_at FROM {schema}.dead_letters
      WHERE id > ?
      ORDER BY id
      LIMIT ?
      """;

  private static final String READ_DEAD_MESSAGES =
      """
      SELECT letter_id, sequence, message_id, arrived_at, checksum, payload
      FROM {schema}.dead_messages
      WHERE letter_id = ANY (?)
      """;

  private static final String REMOVE_LETTER =
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

  /** Few ask for it, so that what is dead is found by looking at all letters. */
  private static final String ERASE =
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

  private final Statements statements;

  DeadLetterTable(Statements statements) {
    this.statements = statements;
  }

  private final Set<Long> listed = new HashSet<>();

  private record OfLetter(long letter, StoredMessage message) {}

  /** How many of a key's messages were removed: pending ones, and dead ones. */
  record Erased(int pending, int dead) {}

  /** How many messages were buried. */
  int bury(DeadLetterRow letter, MessageRange range) throws SQLException {
    statements.later(
        BURY_LETTER,
        p -> {
          p.number(letter.id()).text(letter.key()).text(letter.reason());
          p.text(storable(letter.error())).number(letter.attempts());
          p.time(letter.startedAt()).time(letter.diedAt());
        });
    return statements.update(
        BURY_MESSAGES,
        p ->
            p.text(range.key())
                .number(range.afterSequence())
                .number(range.throughSequence())
                .number(letter.id()));
  }

  List<BuriedLetter> list(long afterId, int limit) throws SQLException {
    Map<Long, DeadLetterRow> letters =
        statements
            .query(LIST_LETTERS, p -> p.number(afterId).number(limit), DeadLetterTable::row)
            .stream()
            .collect(Collectors.toMap(DeadLetterRow::id, row -> row));
    listed.addAll(letters.keySet());
    Map<Long, List<StoredMessage>> messages = new HashMap<>();
    for (OfLetter each :
        statements.query(
            READ_DEAD_MESSAGES,
            p -> p.numbers(letters.keySet(), id -> id),
            c -> ofLetter(c, letters))) {
      messages.computeIfAbsent(each.letter, id -> new ArrayList<>()).add(each.message);
    }
    return letters.values().stream()
        .sorted(Comparator.comparing(DeadLetterRow::id))
        .map(row -> new BuriedLetter(row, inOrder(messages.getOrDefault(row.id(), List.of()))))
        .toList();
  }

  /** One that was there when it was listed, and is not any more, was taken by another node. */
  void remove(long id, Instant forgetIdsAt) throws SQLException {
    int removed =
        statements.single(REMOVE_LETTER, p -> p.number(id).clipped(forgetIdsAt), Cursor::count);
    if (removed == 0 && listed.contains(id)) {
      throw new ConflictException();
    }
  }

  /** All of a key, and what is pending of it, and its ids. */
  Erased erase(String key) throws SQLException {
    return statements.single(
        ERASE, p -> p.text(key).text(key).text(key), c -> new Erased(c.count(), c.count()));
  }

  private static List<StoredMessage> inOrder(List<StoredMessage> messages) {
    return messages.stream().sorted(Comparator.comparing(StoredMessage::sequence)).toList();
  }

  /** The server stores any text but NUL, which an exception's message may have. */
  private static String storable(String error) {
    return error.replace('\0', '\uFFFD');
  }

  private static OfLetter ofLetter(Cursor c, Map<Long, DeadLetterRow> letters) throws SQLException {
    long id = c.number();
    DeadLetterRow letter = letters.get(id);
    if (letter == null) {
      throw Failures.damaged("a dead message has no letter", null);
    }
    return new OfLetter(id, MessageColumns.message(c, letter.key()));
  }

  private static DeadLetterRow row(Cursor c) throws SQLException {
    return new DeadLetterRow(
        c.number(), c.text(), c.text(), c.text(), c.count(), c.time(), c.time());
  }
}
