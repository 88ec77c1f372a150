// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.sqlite;

import io.github.debouncedbuffer.index.Checksum;
import io.github.debouncedbuffer.spi.MessageId;
import io.github.debouncedbuffer.spi.NewMessage;
import io.github.debouncedbuffer.spi.StoredMessage;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The tables {@code messages} and {@code message_ids}. */
final class MessageTable {

  private final Statements statements;

  MessageTable(Statements statements) {
    this.statements = statements;
  }

  Map<MessageId, Long> known(Collection<MessageId> ids, Instant now) throws SQLException {
    Map<MessageId, Long> known = new HashMap<>();
    for (MessageId id : ids) {
      for (long sequence :
          statements.query(
              Sql.KNOWN_ID, p -> p.text(id.key()).text(id.id()).clipped(now), Cursor::number)) {
        known.put(id, sequence);
      }
    }
    return known;
  }

  void append(long firstSequence, List<NewMessage> messages) throws SQLException {
    List<Sequenced> sequenced = Sequenced.from(firstSequence, messages);
    statements.updateAll(
        Sql.APPEND_MESSAGE,
        sequenced,
        (p, s) -> {
          NewMessage message = s.message();
          p.number(s.sequence()).text(message.key()).text(message.messageId());
          p.time(message.arrivedAt());
          p.number(Checksum.of(message.key(), s.sequence(), message.payload()));
          p.bytes(message.payload());
        });
    List<Sequenced> withId =
        sequenced.stream().filter(s -> s.message().messageId() != null).toList();
    statements.updateAll(
        Sql.REMEMBER_ID,
        withId,
        (p, s) -> p.text(s.message().key()).text(s.message().messageId()).number(s.sequence()));
  }

  /** By key, in the order of their sequences. */
  Map<String, List<StoredMessage>> read(long[] sequences) throws SQLException {
    Map<String, List<StoredMessage>> messages = new HashMap<>();
    statements.each(
        Sql.READ_MESSAGES,
        p -> p.numbers(sequences),
        MessageTable::ofKey,
        row -> messages.computeIfAbsent(row.key, key -> new ArrayList<>()).add(row.message));
    return messages;
  }

  /** The ids of these messages are remembered until then. */
  void releaseIds(long[] sequences, Instant forgetIdsAt) throws SQLException {
    statements.update(Sql.RELEASE_IDS, p -> p.clipped(forgetIdsAt).numbers(sequences));
  }

  void delete(long[] sequences) throws SQLException {
    statements.update(Sql.DELETE_MESSAGES, p -> p.numbers(sequences));
  }

  void eraseIds(String key) throws SQLException {
    statements.update(Sql.ERASE_IDS, p -> p.text(key));
  }

  int forgetIds(Instant now, int limit) throws SQLException {
    return statements.update(Sql.FORGET_IDS, p -> p.clipped(now).number(limit));
  }

  /** When the next id is to be forgotten, in nanoseconds; the greatest number if none is. */
  long nextToForget() throws SQLException {
    return statements.query(Sql.NEXT_TO_FORGET, p -> {}, Cursor::number).get(0);
  }

  private record OfKey(String key, StoredMessage message) {}

  private static OfKey ofKey(Cursor c) throws SQLException {
    String key = c.text();
    return new OfKey(key, message(c, key));
  }

  /** Checked here, once for messages and dead messages: nothing unchecked is handed over. */
  static StoredMessage message(Cursor c, String key) throws SQLException {
    long sequence = c.number();
    String messageId = c.textOrNull();
    Instant arrivedAt = c.time();
    long checksum = c.number();
    byte[] payload = c.bytes();
    boolean intact = checksum == Checksum.of(key, sequence, payload);
    return new StoredMessage(sequence, messageId, arrivedAt, payload, intact);
  }

  /** A message and the sequence that it gets. */
  private record Sequenced(long sequence, NewMessage message) {

    static List<Sequenced> from(long first, List<NewMessage> messages) {
      List<Sequenced> sequenced = new ArrayList<>(messages.size());
      for (NewMessage message : messages) {
        sequenced.add(new Sequenced(first + sequenced.size(), message));
      }
      return sequenced;
    }
  }
}
