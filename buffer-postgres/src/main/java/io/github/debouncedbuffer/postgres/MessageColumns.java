// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.postgres;

import static io.github.debouncedbuffer.postgres.Columns.bytes;
import static io.github.debouncedbuffer.postgres.Columns.number;
import static io.github.debouncedbuffer.postgres.Columns.text;

import io.github.debouncedbuffer.index.Checksum;
import io.github.debouncedbuffer.index.Nanos;
import io.github.debouncedbuffer.spi.NewMessage;
import io.github.debouncedbuffer.spi.StoredMessage;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A message as it stands in the tables {@code messages} and {@code dead_messages}. */
final class MessageColumns {

  static final Columns<Sequenced> ALL =
      new Columns<>(
          List.of(
              text("key", s -> s.message.key()),
              number("sequence", s -> s.sequence),
              text("message_id", s -> s.message.messageId()),
              number("arrived_at", s -> Nanos.of(s.message.arrivedAt())),
              number(
                  "checksum", s -> Checksum.of(s.message.key(), s.sequence, s.message.payload())),
              bytes("payload", s -> s.message.payload())));

  private MessageColumns() {}

  /** A message and the sequence that it gets. */
  record Sequenced(long sequence, NewMessage message) {

    static List<Sequenced> from(long first, List<NewMessage> messages) {
      List<Sequenced> sequenced = new ArrayList<>(messages.size());
      for (NewMessage message : messages) {
        sequenced.add(new Sequenced(first + sequenced.size(), message));
      }
      return sequenced;
    }
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
}
