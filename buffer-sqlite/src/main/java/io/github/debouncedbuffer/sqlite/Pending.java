// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.sqlite;

import io.github.debouncedbuffer.index.KeyIndex;
import io.github.debouncedbuffer.index.Nanos;
import io.github.debouncedbuffer.spi.KeyRow;
import io.github.debouncedbuffer.spi.MessageRange;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;

/**
 * What is on disk, in memory: the rows of all keys and the sequences of their messages. Nobody else
 * writes the file, so it is read once, when the file is opened; from then on rows are not read from
 * disk any more, there is no index of messages by key, and none of keys by due time. The payloads
 * stay on disk. A transaction changes this and the disk together, and takes its {@link Changes}
 * back if it is not committed.
 */
final class Pending {

  /** Nothing is known of when the next id is to be forgotten. */
  private static final long UNKNOWN = Long.MIN_VALUE;

  final KeyIndex<PendingSlot> index = new KeyIndex<>(PendingSlot::new);
  private long messages;
  private long nextRowId = 1;
  private long forgetFrom = UNKNOWN;

  /** How many there are of all keys. */
  long messages() {
    return messages;
  }

  void count(long more) {
    messages += more;
  }

  /** The sequences of the messages in these ranges, no more of each than its limit. */
  long[] in(Collection<MessageRange> ranges) {
    return ranges.stream()
        .flatMapToLong(range -> Arrays.stream(in(range)).limit(range.limit()))
        .toArray();
  }

  /** The same for one range, whatever its limit. */
  long[] in(MessageRange range) {
    PendingSlot slot = index.slot(range.key());
    return slot == null ? PendingSlot.NONE : slot.in(range);
  }

  /** For a row that is to be written. Not used again while the file is open. */
  long newRowId() {
    return nextRowId++;
  }

  /** A row that was read from disk. */
  void loaded(long rowId, KeyRow row, int ahead) {
    index.put(row).setOnDisk(rowId, ahead);
    nextRowId = Math.max(nextRowId, rowId + 1);
  }

  /** Whether an id may have to be forgotten by then. */
  boolean mayForgetBy(Instant now) {
    return forgetFrom <= Nanos.clipped(now);
  }

  /** An id is to be forgotten then. */
  void forgetsAt(Instant time) {
    forgetFrom = Math.min(forgetFrom, Nanos.clipped(time));
  }

  /** No id is to be forgotten before then. */
  void forgetsFrom(long earliest) {
    forgetFrom = earliest;
  }

  void takeBack(Changes changes) {
    messages = changes.messagesBefore();
    forgetFrom = UNKNOWN;
    changes.all().forEach(this::takeBack);
  }

  private void takeBack(Changes.Change change) {
    index.slotFor(change.key).restore(change.state);
    if (change.row == null) {
      index.remove(change.key);
    } else {
      index.put(change.row);
    }
  }
}
