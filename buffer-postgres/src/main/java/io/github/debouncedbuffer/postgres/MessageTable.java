// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.postgres;

import io.github.debouncedbuffer.postgres.MessageColumns.Sequenced;
import io.github.debouncedbuffer.spi.MessageId;
import io.github.debouncedbuffer.spi.MessageRange;
import io.github.debouncedbuffer.spi.NewMessage;
import io.github.debouncedbuffer.spi.StoredMessage;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The tables {@code messages} and {@code message_ids}, for one transaction. */
final class MessageTable {

  private final Statements statements;
  private final Looks looks;

  /** The ids that were asked for and found free, and when they were. */
  private final Set<MessageId> free = new HashSet<>();

  private Instant askedAt = Instant.EPOCH;

  /** When the first of the ids that this transaction has let go of is to be forgotten. */
  private Instant letGo = Instant.MAX;

  MessageTable(Statements statements, Looks looks) {
    this.statements = statements;
    this.looks = looks;
  }

  private record Known(MessageId id, long sequence) {}

  private record OfKey(String key, StoredMessage message) {}

  Map<MessageId, Long> known(Collection<MessageId> ids, Instant now) throws SQLException {
    Map<MessageId, Long> known = new HashMap<>();
    for (Known each :
        statements.query(
            Sql.KNOWN_IDS,
            p -> p.texts(ids, MessageId::key).texts(ids, MessageId::id).clipped(now),
            c -> new Known(new MessageId(c.text(), c.text()), c.number()))) {
      known.put(each.id, each.sequence);
    }
    free.addAll(ids);
    free.removeAll(known.keySet());
    askedAt = now;
    return known;
  }

  void append(long first, List<NewMessage> messages) throws SQLException {
    List<Sequenced> sequenced = Sequenced.from(first, messages);
    statements.update(Sql.APPEND_MESSAGES, p -> MessageColumns.ALL.into(p, sequenced));
    Map<MessageId, Long> fresh = new LinkedHashMap<>();
    Map<MessageId, Long> again = new LinkedHashMap<>();
    for (Sequenced each : sequenced) {
      String id = each.message().messageId();
      if (id != null) {
        MessageId whole = new MessageId(each.message().key(), id);
        (free.contains(whole) ? fresh : again).put(whole, each.sequence());
      }
    }
    remember(fresh, false);
    remember(again, true);
    free.removeAll(fresh.keySet());
  }

  /**
   * An id that was free and is not any more was stored by somebody else meanwhile, whose key came
   * and went: the key's row shows nothing of that.
   */
  private void remember(Map<MessageId, Long> ids, boolean whateverIsThere) throws SQLException {
    if (ids.isEmpty()) {
      return;
    }
    Set<Map.Entry<MessageId, Long>> entries = ids.entrySet();
    int remembered =
        statements.update(
            Sql.REMEMBER_IDS,
            p ->
                p.texts(entries, e -> e.getKey().key())
                    .texts(entries, e -> e.getKey().id())
                    .numbers(entries, Map.Entry::getValue)
                    .clipped(askedAt)
                    .flag(whateverIsThere));
    if (remembered != ids.size()) {
      throw new ConflictException();
    }
  }

  Map<String, List<StoredMessage>> read(Collection<MessageRange> ranges) throws SQLException {
    Map<String, List<StoredMessage>> messages = new HashMap<>();
    for (OfKey each :
        statements.query(
            Sql.READ_MESSAGES,
            p -> bind(p, ranges).numbers(ranges, r -> (long) r.limit()),
            MessageTable::ofKey)) {
      messages.computeIfAbsent(each.key, key -> new ArrayList<>()).add(each.message);
    }
    messages.values().forEach(list -> list.sort(Comparator.comparing(StoredMessage::sequence)));
    return messages;
  }

  /** Ids are to be forgotten then. */
  void lettingGo(Instant forgetIdsAt) {
    letGo = forgetIdsAt.isBefore(letGo) ? forgetIdsAt : letGo;
  }

  /** How many that were. Their ids are remembered until then. */
  int delete(Collection<MessageRange> ranges, Instant forgetIdsAt) throws SQLException {
    lettingGo(forgetIdsAt);
    return statements.single(
        Sql.DELETE_MESSAGES, p -> bind(p, ranges).clipped(forgetIdsAt), Cursor::count);
  }

  /** Most of the time there is nothing to forget, as the last look has shown. */
  int forgetIds(Instant now, int limit) throws SQLException {
    Instant first = looks.last().nextToForget();
    boolean none = first == null || first.isAfter(now);
    if (none && letGo.isAfter(now)) {
      return 0;
    }
    return statements.update(Sql.FORGET_IDS, p -> p.clipped(now).number(limit));
  }

  private static Binder bind(Binder p, Collection<MessageRange> ranges) throws SQLException {
    return p.texts(ranges, MessageRange::key)
        .numbers(ranges, MessageRange::afterSequence)
        .numbers(ranges, MessageRange::throughSequence);
  }

  private static OfKey ofKey(Cursor c) throws SQLException {
    String key = c.text();
    return new OfKey(key, MessageColumns.message(c, key));
  }
}
