// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.internal;

import static java.util.Objects.requireNonNull;

import io.github.debouncedbuffer.spi.BatchRow;
import io.github.debouncedbuffer.spi.KeyRow;
import io.github.debouncedbuffer.spi.KeyState;
import io.github.debouncedbuffer.spi.PolicyRow;
import io.github.debouncedbuffer.spi.WindowRow;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A copy of a key row that is being changed; {@link #row} makes it a row again. Not shared. */
final class Draft {

  private final KeyRow from;
  private KeyState state;
  private Instant lastArrivalAt;
  private @Nullable Instant dueAt;
  private @Nullable Instant extendedUntil;
  private PolicyRow policy;
  private @Nullable WindowRow window;
  private @Nullable BatchRow batch;
  private int supersedes;

  private Draft(KeyRow row) {
    from = row;
    state = row.state();
    lastArrivalAt = row.lastArrivalAt();
    dueAt = row.dueAt();
    extendedUntil = row.extendedUntil();
    policy = row.policy();
    window = row.window();
    batch = row.batch();
    supersedes = row.supersedes();
  }

  static Draft of(KeyRow row) {
    return new Draft(row);
  }

  Draft arrival(Instant at, PolicyRow inForce) {
    lastArrivalAt = at;
    policy = inForce;
    return this;
  }

  Draft extendedUntil(@Nullable Instant until) {
    extendedUntil = until;
    return this;
  }

  Draft window(@Nullable WindowRow changed) {
    window = changed;
    return this;
  }

  Draft batch(BatchRow changed) {
    batch = changed;
    return this;
  }

  /** So many runs in a row were superseded. */
  Draft supersedes(int inARow) {
    supersedes = inARow;
    return this;
  }

  /** The window waits, until now at the latest if it is to be due now. */
  Draft waiting(WindowRow open, Instant now) {
    Instant wanted = Deadline.dueAt(policy, open.countsFrom(), lastArrivalAt, extendedUntil);
    window = open;
    batch = null;
    dueAt = open.dueNow() ? Deadline.earlier(dueAt == null ? wanted : dueAt, now) : wanted;
    state = KeyState.WAITING;
    return this;
  }

  Draft running(BatchRow claimed) {
    batch = claimed;
    dueAt = null;
    state = KeyState.RUNNING;
    return this;
  }

  Draft backingOff(BatchRow ended, Instant until) {
    batch = ended;
    dueAt = until;
    state = KeyState.BACKING_OFF;
    return this;
  }

  /** The row. The original start cannot be changed: a draft has no way to do it (G8). */
  KeyRow row() {
    return new KeyRow(
        from.key(),
        state,
        from.startedAt(),
        lastArrivalAt,
        dueAt,
        extendedUntil,
        policy,
        window,
        batch,
        supersedes);
  }

  static WindowRow windowOf(KeyRow row) {
    return requireNonNull(row.window(), "window");
  }

  static BatchRow batchOf(KeyRow row) {
    return requireNonNull(row.batch(), "batch");
  }
}
