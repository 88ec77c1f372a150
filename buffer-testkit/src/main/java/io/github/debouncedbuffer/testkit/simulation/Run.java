// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.testkit.simulation;

import io.github.debouncedbuffer.Batch;
import io.github.debouncedbuffer.spi.BatchRow;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** One call of the handler, as the handler saw it. */
final class Run {

  /** How far it is. */
  enum State {
    OPEN,
    RETURNED,
    THREW,
    /** The process died meanwhile. */
    DIED
  }

  final String key;
  final long token;
  final boolean recovered;

  /** The batch as the handler knows it: late messages may have joined. */
  Batch<String> batch;

  final List<Sent.Kept> members;
  final Instant startedAt;
  final CompletableFuture<Void> stage = new CompletableFuture<>();
  State state = State.OPEN;

  /** How many of the first members it said are handled. */
  int acknowledged;

  /** Its reply was cleared. */
  boolean settled;

  /** It ended because it is superseded. */
  boolean gaveUp;

  /** It threw while the buffer was closing: such an attempt need not count. */
  boolean closing;

  Run(Batch<String> batch, BatchRow claimed, List<Sent.Kept> members, Instant startedAt) {
    this.batch = batch;
    this.key = batch.key();
    this.token = claimed.token();
    this.recovered = claimed.recovered();
    this.members = new ArrayList<>(members);
    this.startedAt = startedAt;
  }

  /** Whether the handler has said, by its return or before, that this message is handled. */
  boolean hasHandled(Sent.Kept kept) {
    int index = members.indexOf(kept);
    return switch (state) {
      case RETURNED -> index >= 0 && index < handled();
      case THREW -> index >= 0 && index < acknowledged;
      case OPEN, DIED -> false;
    };
  }

  /** How many of its members are handled, now that it is over. */
  int handled() {
    return state == State.RETURNED && acknowledged == 0 ? members.size() : acknowledged;
  }

  boolean isOpen() {
    return state == State.OPEN;
  }

  boolean isBeyond(Instant now) {
    return !startedAt.plus(Setup.HANDLER_TIMEOUT).isAfter(now);
  }
}
