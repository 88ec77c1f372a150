// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.sqlite;

import io.github.debouncedbuffer.spi.BuriedLetter;
import io.github.debouncedbuffer.spi.DeadLetterRow;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The tables {@code dead_letters} and {@code dead_messages}. */
final class DeadLetterTable {

  private final Statements statements;

  DeadLetterTable(Statements statements) {
    this.statements = statements;
  }

  void bury(DeadLetterRow letter, long[] sequences) throws SQLException {
    statements.update(
        Sql.BURY_LETTER,
        p -> {
          p.number(letter.id()).text(letter.key()).text(letter.reason()).text(letter.error());
          p.number(letter.attempts()).time(letter.startedAt()).time(letter.diedAt());
        });
    statements.update(Sql.BURY_MESSAGES, p -> p.number(letter.id()).numbers(sequences));
    statements.update(Sql.DELETE_MESSAGES, p -> p.numbers(sequences));
  }

  List<BuriedLetter> list(long afterId, int limit) throws SQLException {
    List<BuriedLetter> letters = new ArrayList<>();
    for (DeadLetterRow row :
        statements.query(
            Sql.LIST_LETTERS, p -> p.number(afterId).number(limit), DeadLetterTable::row)) {
      letters.add(
          new BuriedLetter(
              row,
              statements.query(
                  Sql.READ_DEAD_MESSAGES,
                  p -> p.number(row.id()),
                  c -> MessageTable.message(c, row.key()))));
    }
    return letters;
  }

  void remove(long id, Instant forgetIdsAt) throws SQLException {
    statements.update(Sql.RELEASE_DEAD_IDS, p -> p.clipped(forgetIdsAt).number(id));
    statements.update(Sql.REMOVE_DEAD_MESSAGES, p -> p.number(id));
    statements.update(Sql.REMOVE_LETTER, p -> p.number(id));
  }

  /** All of a key; returns how many messages that were. */
  int erase(String key) throws SQLException {
    statements.update(Sql.ERASE_LETTERS, p -> p.text(key));
    return statements.update(Sql.ERASE_DEAD_MESSAGES, p -> p.text(key));
  }

  private static DeadLetterRow row(Cursor c) throws SQLException {
    return new DeadLetterRow(
        c.number(), c.text(), c.text(), c.text(), c.count(), c.time(), c.time());
  }
}
