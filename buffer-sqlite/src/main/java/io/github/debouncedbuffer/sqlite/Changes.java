// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.sqlite;

import io.github.debouncedbuffer.index.RowChange;
import io.github.debouncedbuffer.spi.KeyRow;
import io.github.debouncedbuffer.spi.MessageRange;
import io.github.debouncedbuffer.spi.NewMessage;
import io.github.debouncedbuffer.spi.WindowRow;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/** The keys that one transaction has touched, each as it was before. */
final class Changes {

  private final Pending pending;
  private final long messagesBefore;
  private final Map<String, Change> byKey = new LinkedHashMap<>();

  Changes(Pending pending) {
    this.pending = pending;
    this.messagesBefore = pending.messages();
  }

  /** A key as it was, and what has come and gone since. */
  static final class Change {
    final String key;
    final @Nullable KeyRow row;
    final PendingSlot.State state;
    private int appended;
    private @Nullable Instant lastArrival;
    private boolean lost; // a message that the row on disk does not know of

    Change(String key, @Nullable KeyRow row, PendingSlot.State state) {
      this.key = key;
      this.row = row;
      this.state = state;
    }

    void appended(Instant arrivedAt) {
      appended++;
      lastArrival = arrivedAt;
    }

    /** Removes messages. */
    void remove(PendingSlot slot, MessageRange range) {
      lost |= slot.remove(range, state.ahead() + appended);
    }

    /**
     * How many messages the row on disk does not know of, if all else that it says of the key is
     * still so: then a reader of the file finds the present row by counting them. Negative if it is
     * not, so that the row must be written.
     */
    int ahead(KeyRow now) {
      boolean counted =
          state.rowId() != 0
              && !lost
              && row != null
              && (appended == 0 ? now.equals(row) : isCounted(row, now));
      return counted ? state.ahead() + appended : -1;
    }

    /** Whether nothing but the new messages makes the difference. */
    private boolean isCounted(KeyRow before, KeyRow now) {
      WindowRow was = before.window();
      WindowRow is = now.window();
      return was != null
          && is != null
          && is.messages() - was.messages() == appended
          && now.lastArrivalAt().equals(lastArrival)
          && RowChange.isCountOnly(before, now);
    }
  }

  /** Called before a key is changed. */
  private Change of(String key) {
    return byKey.computeIfAbsent(key, this::asItIs);
  }

  private Change asItIs(String key) {
    PendingSlot slot = pending.index.slot(key);
    return slot == null
        ? new Change(key, null, PendingSlot.State.VACANT)
        : new Change(key, slot.row(), slot.state());
  }

  void append(long sequence, NewMessage message) {
    of(message.key()).appended(message.arrivedAt());
    pending.index.slotFor(message.key()).append(sequence, message.messageId() != null);
    pending.count(1);
  }

  /** The sequences of removed messages, and whether one of these may have an id. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Removed(long[] sequences, boolean mayHaveIds) {
    boolean isEmpty() {
      return sequences.length == 0;
    }
  }

  Removed remove(Collection<MessageRange> ranges) {
    LongStream.Builder sequences = LongStream.builder();
    boolean mayHaveIds = false;
    for (MessageRange range : ranges) {
      PendingSlot slot = pending.index.slot(range.key());
      if (slot != null) {
        long[] some = slot.in(range);
        Arrays.stream(some).forEach(sequences);
        mayHaveIds |= some.length > 0 && slot.isWithIds();
        of(range.key()).remove(slot, range);
        pending.count(-some.length);
        pending.index.release(slot);
      }
    }
    return new Removed(sequences.build().toArray(), mayHaveIds);
  }

  void save(KeyRow row) {
    of(row.key());
    pending.index.put(row);
  }

  void remove(String key) {
    of(key);
    pending.index.remove(key);
  }

  /** Writes the rows that a reader of the file could not find by counting messages. */
  void writeTo(KeyTable table, long countedThrough) throws SQLException {
    List<KeyTable.OnDisk> written = new ArrayList<>();
    List<Long> removed = new ArrayList<>();
    for (Change change : byKey.values()) {
      PendingSlot slot = pending.index.slot(change.key);
      KeyRow row = slot == null ? null : slot.row();
      long id = change.state.rowId();
      int ahead = row == null ? 0 : change.ahead(row);
      if (row == null && id != 0) {
        removed.add(id);
        id = 0;
      } else if (row != null && ahead < 0) {
        id = id == 0 ? pending.newRowId() : id;
        ahead = 0;
        written.add(new KeyTable.OnDisk(id, countedThrough, row));
      }
      if (slot != null) {
        slot.setOnDisk(id, ahead);
      }
    }
    table.write(written);
    table.remove(removed);
  }

  Collection<Change> all() {
    return byKey.values();
  }

  long messagesBefore() {
    return messagesBefore;
  }
}
