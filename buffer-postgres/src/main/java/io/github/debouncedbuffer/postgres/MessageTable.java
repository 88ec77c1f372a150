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
import org.jspecify.annotations.Nullable;

/** The tables {@code messages} and {@code message_ids}, for one transaction. */
final class MessageTable {

  private final Statements statements;
  private final Looks looks;
  private final Pending pending;

  /** The ids that were asked for and are not remembered, and when they were. */
  private final Set<MessageId> free = new HashSet<>();

  /** Those of them that are there still, though their retention is over. */
  private final Set<MessageId> over = new HashSet<>();

  private Instant askedAt = Instant.EPOCH;

  /** When the first of the ids that this transaction has let go of is to be forgotten. */
  private Instant letGo = Instant.MAX;

  MessageTable(Statements statements, Looks looks, Pending pending) {
    this.statements = statements;
    this.looks = looks;
    this.pending = pending;
  }

  private record Known(MessageId id, long sequence, @Nullable Instant forgetAt) {

    boolean isOver(Instant now) {
      return forgetAt != null && !forgetAt.isAfter(now);
    }
  }

  private record OfKey(String key, StoredMessage message) {}

  Map<MessageId, Long> known(Collection<MessageId> ids, Instant now) throws SQLException {
    Map<MessageId, Long> known = new HashMap<>();
    for (Known each :
        statements.query(
            Sql.KNOWN_IDS,
            p -> p.texts(ids, MessageId::key).texts(ids, MessageId::id),
            c -> new Known(new MessageId(c.text(), c.text()), c.number(), c.timeOrNull()))) {
      if (each.isOver(now)) {
        over.add(each.id);
      } else {
        known.put(each.id, each.sequence);
      }
    }
    free.addAll(ids);
    free.removeAll(known.keySet());
    askedAt = now;
    return known;
  }

  void append(long first, List<NewMessage> messages) {
    List<Sequenced> sequenced = Sequenced.from(first, messages);
    statements.later(Sql.APPEND_MESSAGES, p -> MessageColumns.ALL.into(p, sequenced));
    Map<MessageId, Long> fresh = new LinkedHashMap<>();
    Map<MessageId, Long> again = new LinkedHashMap<>();
    for (Sequenced each : sequenced) {
      String id = each.message().messageId();
      if (id != null) {
        MessageId whole = new MessageId(each.message().key(), id);
        (free.contains(whole) ? fresh : again).put(whole, each.sequence());
      }
    }
    forget(fresh.keySet().stream().filter(over::contains).toList());
    remember(Sql.REMEMBER_IDS, fresh);
    remember(Sql.REMEMBER_ANEW, again);
    free.removeAll(fresh.keySet());
  }

  private void forget(List<MessageId> ids) {
    if (!ids.isEmpty()) {
      Instant now = askedAt;
      statements.later(
          Sql.FORGET_THESE,
          p -> p.texts(ids, MessageId::key).texts(ids, MessageId::id).clipped(now));
    }
  }

  private void remember(String sql, Map<MessageId, Long> ids) {
    if (!ids.isEmpty()) {
      Set<Map.Entry<MessageId, Long>> entries = ids.entrySet();
      statements.later(
          sql,
          p ->
              p.texts(entries, e -> e.getKey().key())
                  .texts(entries, e -> e.getKey().id())
                  .numbers(entries, Map.Entry::getValue));
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

  /** Their ids are remembered until then. The node's row counts them, and so do we. */
  void delete(Collection<MessageRange> ranges, Instant forgetIdsAt, NodeTable node, int slot)
      throws SQLException {
    looks.first(); // before the node's row counts them
    lettingGo(forgetIdsAt);
    List<MessageRange> ended = List.copyOf(ranges);
    statements.later(
        Sql.DELETE_MESSAGES,
        p -> bind(p, ended).clipped(forgetIdsAt).uuid(node.node()).number(slot),
        Cursor::count,
        pending::deleted);
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
