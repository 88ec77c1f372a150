// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.sqlite.powercut;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.debouncedbuffer.spi.KeyRow;
import io.github.debouncedbuffer.spi.MessageId;
import io.github.debouncedbuffer.spi.MessageRange;
import io.github.debouncedbuffer.spi.StoreTransaction;
import io.github.debouncedbuffer.spi.StoredMessage;
import io.github.debouncedbuffer.sqlite.SqliteBufferStore;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Opens what a power cut has left and compares it with what was noted before the cut. */
final class Audit {

  private final Set<String> receipts;
  private final Set<String> handed;

  Audit(Set<String> receipts, Set<String> handed) {
    this.receipts = receipts;
    this.handed = handed;
  }

  /** How many receipts' messages are gone. Whatever else is wrong is thrown. */
  int lost(Path database) throws SQLException {
    int lost;
    try (SqliteBufferStore store = SqliteBufferStore.open(database)) {
      lost = store.transact(this::lost);
    }
    String integrity = integrity(database);
    require(integrity.equals("ok"), integrity);
    return lost;
  }

  private int lost(StoreTransaction transaction) {
    Set<String> pending = pending(transaction);
    List<MessageId> ids = receipts.stream().map(Audit::messageId).toList();
    Map<MessageId, Long> known = transaction.known(ids, Instant.now());
    int lost = 0;
    for (MessageId id : ids) {
      boolean isKnown = known.containsKey(id);
      require(isKnown || !pending.contains(id.id()), "%s is pending and not known", id.id());
      if (!isKnown || !(pending.contains(id.id()) || handed.contains(id.id()))) {
        lost++;
      }
    }
    return lost;
  }

  private static MessageId messageId(String id) {
    return new MessageId(Work.key(id), id);
  }

  /** Each message is whole, and the rows of the keys, of the same transactions, agree. */
  private static Set<String> pending(StoreTransaction transaction) {
    List<String> keys = Work.keys();
    Map<String, KeyRow> rows = transaction.lock(keys);
    Map<String, List<StoredMessage>> messages =
        transaction.read(keys.stream().map(key -> MessageRange.after(key, 0)).toList());
    Set<String> pending = new HashSet<>();
    int count = 0;
    for (String key : keys) {
      List<StoredMessage> ofKey = messages.getOrDefault(key, List.of());
      int expected = rows.containsKey(key) ? rows.get(key).pending() : 0;
      require(ofKey.size() == expected, "%s: %d, not %d", key, ofKey.size(), expected);
      ofKey.forEach(message -> pending.add(whole(key, message)));
      count += ofKey.size();
    }
    require(pending.size() == count, "a message is there twice");
    require(transaction.pendingMessages() == count, "the total is not %d", count);
    require(transaction.deadLetters(0, 1).isEmpty(), "a dead letter");
    return pending;
  }

  private static String whole(String key, StoredMessage message) {
    String id = String.valueOf(message.messageId());
    boolean same = new String(message.payload(), UTF_8).equals(Work.payload(id));
    require(message.intact() && same && Work.key(id).equals(key), "%s is not whole", id);
    return id;
  }

  private static String integrity(Path database) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database);
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery("PRAGMA integrity_check")) {
      result.next();
      return result.getString(1);
    }
  }

  private static void require(boolean holds, String otherwise, Object... parts) {
    if (!holds) {
      throw new IllegalStateException(otherwise.formatted(parts));
    }
  }
}
