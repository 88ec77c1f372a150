// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.sqlite;

import io.github.debouncedbuffer.index.Slot;
import io.github.debouncedbuffer.spi.MessageRange;
import java.util.Arrays;

/**
 * What is kept in memory of a key: its row, where that is on disk, and which messages there are.
 */
final class PendingSlot extends Slot {

  static final long[] NONE = {};

  /** All but the row. The sequences behind the count are not of this state. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record State(long rowId, int ahead, boolean withIds, long[] sequences, int count) {
    static final State VACANT = new State(0, 0, false, NONE, 0);
  }

  private long rowId;
  private int ahead;
  private boolean withIds;
  private long[] sequences = NONE;
  private int count;

  PendingSlot(String key) {
    super(key);
  }

  @Override
  protected boolean isVacant() {
    return count == 0;
  }

  /** False only if no message has an id. */
  boolean isWithIds() {
    return withIds;
  }

  /**
   * Where its row is on disk.
   *
   * @param id of that row; 0 if there is none
   * @param messagesAhead how many of the newest messages it does not know of
   */
  void setOnDisk(long id, int messagesAhead) {
    rowId = id;
    ahead = messagesAhead;
  }

  /** Only ever writes behind the count, so that an older {@link State} stays what it is. */
  void append(long sequence, boolean withId) {
    if (count == sequences.length) {
      sequences = Arrays.copyOf(sequences, count + Math.max(1, count / 2));
    }
    sequences[count++] = sequence;
    withIds |= withId;
  }

  /** The sequences in a range, in order, as many as there are whatever its limit. */
  long[] in(MessageRange range) {
    return Arrays.copyOfRange(sequences, from(range), to(range));
  }

  /** Removes what lies in a range and returns whether any of the newest ones, so many, did. */
  boolean remove(MessageRange range, int newest) {
    int from = from(range);
    int to = to(range);
    boolean any = from < to && to > count - newest;
    long[] kept = new long[count - (to - from)];
    System.arraycopy(sequences, 0, kept, 0, from);
    System.arraycopy(sequences, to, kept, from, count - to);
    sequences = kept;
    count = kept.length;
    return any;
  }

  private int from(MessageRange range) {
    return firstAfter(range.afterSequence());
  }

  private int to(MessageRange range) {
    return Math.max(from(range), firstAfter(range.throughSequence()));
  }

  /** The index of the first sequence that is greater; the count if there is none. */
  private int firstAfter(long sequence) {
    int found = Arrays.binarySearch(sequences, 0, count, sequence);
    return found < 0 ? -found - 1 : found + 1;
  }

  State state() {
    return new State(rowId, ahead, withIds, sequences, count);
  }

  void restore(State state) {
    rowId = state.rowId;
    ahead = state.ahead;
    withIds = state.withIds;
    sequences = state.sequences;
    count = state.count;
  }
}
