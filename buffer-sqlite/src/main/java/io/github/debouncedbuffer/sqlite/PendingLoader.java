// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.sqlite;

import io.github.debouncedbuffer.spi.KeyRow;
import io.github.debouncedbuffer.spi.MessageRange;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads what is pending from disk: the messages first, so that each row can be asked which of its
 * key's messages it does not know of.
 */
final class PendingLoader {

  /** So many rows ask for the arrival of their last message at once. */
  private static final int CHUNK = 1_000;

  private final Statements statements;
  private final Pending pending = new Pending();
  private final List<Behind> behind = new ArrayList<>();
  private long newestRead;

  PendingLoader(Statements statements) {
    this.statements = statements;
  }

  Pending load() throws SQLException {
    statements.each(
        Sql.LOAD_MESSAGES, p -> {}, c -> new Message(c.number(), c.text()), this::message);
    new KeyTable(statements).readAll(this::row);
    complete();
    return pending;
  }

  private record Message(long sequence, String key) {}

  /** Whether it has an id is not asked; it may have one. */
  private void message(Message message) throws SQLException {
    if (message.sequence <= newestRead) {
      throw Failures.damaged("the messages are not in the order of their sequences", null);
    }
    newestRead = message.sequence;
    pending.index.slotFor(message.key).append(message.sequence, true);
    pending.count(1);
  }

  /** A row, and the sequences of the messages that it does not know of: one at least. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Behind(KeyTable.OnDisk row, long[] sequences) {
    long newest() {
      return sequences[sequences.length - 1];
    }
  }

  private void row(KeyTable.OnDisk row) throws SQLException {
    String key = row.row().key();
    long[] unknown = pending.in(MessageRange.after(key, row.countedThrough()));
    if (unknown.length == 0) {
      add(row.rowId(), row.row(), 0);
      return;
    }
    behind.add(new Behind(row, unknown));
    if (behind.size() == CHUNK) {
      complete();
    }
  }

  /** Adds to the rows the messages of which they do not know. */
  private void complete() throws SQLException {
    long[] newest = behind.stream().mapToLong(Behind::newest).toArray();
    Map<Long, Instant> arrivals = new HashMap<>();
    statements.each(
        Sql.LOAD_ARRIVALS,
        p -> p.numbers(newest),
        c -> Map.entry(c.number(), c.time()),
        arrival -> arrivals.put(arrival.getKey(), arrival.getValue()));
    for (Behind each : behind) {
      Instant arrival = arrivals.get(each.newest());
      if (arrival == null) {
        throw Failures.damaged("a message that was read is not found by its sequence", null);
      }
      KeyTable.OnDisk row = each.row();
      int more = each.sequences().length;
      add(row.rowId(), row.with(more, arrival), more);
    }
    behind.clear();
  }

  private void add(long rowId, KeyRow row, int ahead) throws SQLException {
    if (pending.index.row(row.key()) != null) {
      throw Failures.damaged("a key has two rows", null);
    }
    pending.loaded(rowId, row, ahead);
  }
}
