// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.testkit.simulation;

import java.time.Instant;
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

  final String batchId;
  final String key;
  final boolean recovered;
  final List<Sent.Kept> members;
  final Instant startedAt;
  final CompletableFuture<Void> stage = new CompletableFuture<>();
  State state = State.OPEN;

  /** It threw while the buffer was closing: such an attempt need not count. */
  boolean closing;

  Run(String batchId, String key, boolean recovered, List<Sent.Kept> members, Instant startedAt) {
    this.batchId = batchId;
    this.key = key;
    this.recovered = recovered;
    this.members = members;
    this.startedAt = startedAt;
  }

  boolean isOpen() {
    return state == State.OPEN;
  }

  boolean isBeyond(Instant now) {
    return !startedAt.plus(Setup.HANDLER_TIMEOUT).isAfter(now);
  }
}
