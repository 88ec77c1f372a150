// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.index;

import io.github.debouncedbuffer.spi.BatchRow;
import io.github.debouncedbuffer.spi.KeyRow;
import io.github.debouncedbuffer.spi.KeyState;
import io.github.debouncedbuffer.spi.PolicyRow;
import io.github.debouncedbuffer.spi.WindowRow;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a store keeps in memory of one key: its row, packed to less than half the size of the
 * objects that it stands for, and in a subclass whatever else. A million keys may wait, so each
 * byte counts. Not thread-safe.
 */
@SuppressWarnings("EnumOrdinal") // in memory alone: a reference would take four times as much
public abstract class Slot {

  private static final KeyState[] STATES = KeyState.values();
  private static final byte NO_ROW = -1;
  private static final long AT_NO_TIME = Long.MIN_VALUE; // no instant that is kept

  /** What few waiting keys have. */
  private record Rest(@Nullable Instant extendedUntil, @Nullable BatchRow batch, int supersedes) {}

  private final String key;
  private byte state = NO_ROW; // an ordinal
  private boolean windowed;
  private boolean dueNow;
  private int messages;
  private long startedAt;
  private long lastArrivalAt;
  private long dueAt;
  private long openedAt;
  private long countsFrom;
  private @Nullable PolicyRow policy;
  private @Nullable Rest rest;

  /** Where it is in its heap of due times; of use only to that. */
  int place = DueHeap.NOWHERE;

  /**
   * A slot without a row.
   *
   * @param key whose it is
   */
  protected Slot(String key) {
    this.key = key;
  }

  /**
   * Whether the subclass keeps nothing, so that the slot may go with its row.
   *
   * @return true if only the row keeps the slot
   */
  protected abstract boolean isVacant();

  /**
   * The key.
   *
   * @return whose slot this is
   */
  public final String key() {
    return key;
  }

  /**
   * The row, equal to the one that was put.
   *
   * @return null if there is none
   */
  public final @Nullable KeyRow row() {
    if (!hasRow()) {
      return null;
    }
    return new KeyRow(
        key,
        STATES[state],
        Nanos.toInstant(startedAt),
        Nanos.toInstant(lastArrivalAt),
        isDueSometime() ? Nanos.toInstant(dueAt) : null,
        rest == null ? null : rest.extendedUntil,
        Objects.requireNonNull(policy),
        windowed ? window() : null,
        rest == null ? null : rest.batch,
        rest == null ? 0 : rest.supersedes);
  }

  private WindowRow window() {
    return new WindowRow(messages, Nanos.toInstant(openedAt), Nanos.toInstant(countsFrom), dueNow);
  }

  /** Whether there is a row, in this state. */
  final boolean is(KeyState wanted) {
    return state == wanted.ordinal();
  }

  final boolean hasRow() {
    return state != NO_ROW;
  }

  final boolean isDueSometime() {
    return hasRow() && dueAt != AT_NO_TIME;
  }

  final long dueAt() {
    return dueAt;
  }

  final boolean isRecovered() {
    return rest != null && rest.batch != null && rest.batch.recovered();
  }

  /** Whether it is running, under a claim that does not hold any longer. */
  final boolean isAbandoned(long now) {
    if (!is(KeyState.RUNNING) || rest == null || rest.batch == null) {
      return false;
    }
    Instant lease = rest.batch.leaseUntil();
    return lease == null || Nanos.of(lease) <= now;
  }

  final boolean wasWrittenAfter(long now) {
    return (windowed && countsFrom > now)
        || (rest != null && rest.batch != null && Nanos.of(rest.batch.since()) > now);
  }

  /** Packs a row, and gives it a policy that is equal to its own. Nothing changes if it throws. */
  final void set(KeyRow row, PolicyRow shared) {
    WindowRow window = row.window();
    Instant due = row.dueAt();
    BatchRow batch = row.batch();
    long started = Nanos.of(row.startedAt());
    long lastArrival = Nanos.of(row.lastArrivalAt());
    long dueNanos = due == null ? AT_NO_TIME : Nanos.of(due);
    long opened = window == null ? 0 : Nanos.of(window.openedAt());
    long counts = window == null ? 0 : Nanos.of(window.countsFrom());
    int supersedes = row.supersedes();
    if (batch != null && batch.leaseUntil() != null) {
      Nanos.of(batch.leaseUntil()); // refuses one that is not kept
    }
    boolean plain = row.extendedUntil() == null && batch == null && supersedes == 0;
    rest = plain ? null : new Rest(row.extendedUntil(), batch, supersedes);
    state = (byte) row.state().ordinal();
    startedAt = started;
    lastArrivalAt = lastArrival;
    dueAt = dueNanos;
    openedAt = opened;
    countsFrom = counts;
    windowed = window != null;
    messages = window == null ? 0 : window.messages();
    dueNow = window != null && window.dueNow();
    policy = shared;
  }

  final void unset() {
    state = NO_ROW;
    rest = null;
    policy = null;
  }
}
