// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer;

import java.time.Instant;
import java.util.Optional;

/**
 * What became of a submit. Immutable. With a receipt in hand the message is durable.
 *
 * @param status whether it was stored now or had been before
 * @param sequence the message's place in the order of acceptance; that of the first one for a
 *     duplicate
 * @param dueAt when the message's batch may start; empty for a duplicate, and for a late message,
 *     whose window opens when the run has ended
 * @param late whether it arrived while a batch of its key was running or backing off; it is in the
 *     follow-up then
 */
public record Receipt(Status status, long sequence, Optional<Instant> dueAt, boolean late) {

  /** Whether a message was stored. */
  public enum Status {
    /** It is stored. */
    ACCEPTED,
    /** A message with this key and id was stored before; this one was not, whatever its payload. */
    DUPLICATE
  }

  /**
   * Whether the message had been stored before.
   *
   * @return true for {@link Status#DUPLICATE}
   */
  public boolean isDuplicate() {
    return status == Status.DUPLICATE;
  }
}
