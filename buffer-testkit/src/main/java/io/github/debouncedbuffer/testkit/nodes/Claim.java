// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.testkit.nodes;

import io.github.debouncedbuffer.Batch;
import io.github.debouncedbuffer.spi.BatchRow;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A committed claim, and the run that follows from it. */
final class Claim {

  /** How far its run is. */
  enum State {
    /** Not handed over yet. */
    CLAIMED,
    OPEN,
    RETURNED,
    THREW
  }

  final Life owner;
  final String key;
  final BatchRow batch;

  /** The sequences of its messages. */
  final List<Long> members;

  final CompletableFuture<Void> stage = new CompletableFuture<>();
  State state = State.CLAIMED;
  @Nullable Batch<String> handed;

  /** Until then it holds: a lease from when it was last claimed or renewed by its owner. */
  Instant holdsUntil;

  /** Its end is committed, whoever has committed it. */
  boolean ended;

  /** When somebody took it over whose run it is not. */
  @Nullable Instant takenOverAt;

  /** The buffer has said by itself that it was taken over. */
  boolean told;

  Claim(Life owner, String key, BatchRow batch, List<Long> members, Instant holdsUntil) {
    this.owner = owner;
    this.key = key;
    this.batch = batch;
    this.members = members;
    this.holdsUntil = holdsUntil;
  }

  boolean holds(Instant now) {
    return holdsUntil.isAfter(now);
  }

  boolean isTakenOver() {
    return takenOverAt != null;
  }

  boolean isOpen() {
    return state == State.OPEN;
  }

  /** Whether it takes up a worker of its owner's. */
  boolean isBusy() {
    return isOpen() || (state == State.CLAIMED && !ended);
  }

  @Override
  public String toString() {
    return "claim %d of %s by %s, attempt %d, %s, holds until %s"
        .formatted(batch.token(), key, owner, batch.attempt(), state, holdsUntil);
  }
}
