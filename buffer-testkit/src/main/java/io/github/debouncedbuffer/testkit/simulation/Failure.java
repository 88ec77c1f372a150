// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.testkit.simulation;

import io.github.debouncedbuffer.spi.StoreException.Reason;

/** How a transaction fails. */
public enum Failure {
  /** Somebody else holds the store; nothing is stored. */
  BUSY(Reason.BUSY, false),
  /** The disk is full; nothing is stored. */
  FULL(Reason.FULL, false),
  /** The store is away for a moment; nothing is stored. */
  UNAVAILABLE(Reason.UNAVAILABLE, false),
  /** The outcome is unknown: it was rolled back. */
  UNKNOWN_LOST(Reason.OUTCOME_UNKNOWN, false),
  /** The outcome is unknown: it was committed. */
  UNKNOWN_KEPT(Reason.OUTCOME_UNKNOWN, true),
  /** The store is damaged for good: the buffer closes and says so. */
  CORRUPT(Reason.CORRUPT, false);

  private final Reason reason;
  private final boolean committed;

  Failure(Reason reason, boolean committed) {
    this.reason = reason;
    this.committed = committed;
  }

  /**
   * What the store says.
   *
   * @return the reason of its exception
   */
  public Reason reason() {
    return reason;
  }

  /**
   * Whether the transaction took effect all the same.
   *
   * @return true if it is committed
   */
  public boolean isCommitted() {
    return committed;
  }
}
