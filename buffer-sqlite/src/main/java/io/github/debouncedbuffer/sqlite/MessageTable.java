// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.sqlite;

import io.github.debouncedbuffer.spi.MessageId;
import io.github.debouncedbuffer.spi.MessageRange;
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

  Map<String, List<StoredMessage>> read(Collection<MessageRange> ranges) throws SQLException {
    Map<String, List<StoredMessage>> messages = new HashMap<>();
    for (MessageRange range : ranges) {
      messages.put(
          range.key(),
          statements.query(
              Sql.READ_MESSAGES,
              p -> bounds(p, range).number(range.limit()),
              c -> message(c, range.key())));
    }
    return messages;
  }

  /** Returns how many were there. */
  int delete(Collection<MessageRange> ranges, Instant forgetIdsAt) throws SQLException {
    statements.updateAll(
        Sql.RELEASE_IDS, ranges, (p, range) -> bounds(p.clipped(forgetIdsAt), range));
    return statements.updateAll(Sql.DELETE_MESSAGES, ranges, MessageTable::bounds);
  }

  int forgetIds(Instant now, int limit) throws SQLException {
    return statements.update(Sql.FORGET_IDS, p -> p.clipped(now).number(limit));
  }

  static Binder bounds(Binder p, MessageRange range) throws SQLException {
    return p.text(range.key()).number(range.afterSequence()).number(range.throughSequence());
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
