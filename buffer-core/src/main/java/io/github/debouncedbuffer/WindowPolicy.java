// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer;

import java.time.Duration;
import java.util.Objects;

/**
 * How long a key's messages are collected. Immutable. The policy in force when a window opens is
 * kept with it: a changed configuration changes later windows only.
 *
 * @param isQuiet whether {@code minWait} counts from the newest message rather than from the oldest
 * @param minWait how long to wait; longer than zero, at most 365 days
 * @param maxWait no window waits longer than this from its beginning, however much arrives; at
 *     least {@code minWait}, at most 365 days
 * @param maxBatch how many messages a batch takes; with so many a window is due at once; 1 to
 *     10,000
 * @param followUp when messages that arrived during a run are due
 */
public record WindowPolicy(
    boolean isQuiet, Duration minWait, Duration maxWait, int maxBatch, FollowUp followUp) {

  private static final int DEFAULT_MAX_BATCH = 100;

  /**
   * Checks the parts.
   *
   * @param isQuiet see above
   * @param minWait see above
   * @param maxWait see above
   * @param maxBatch see above
   * @param followUp see above
   * @throws IllegalArgumentException if one is out of range
   */
  public WindowPolicy {
    Durations.positive("minWait", minWait);
    Durations.positive("maxWait", maxWait);
    Objects.requireNonNull(followUp, "followUp");
    if (maxWait.compareTo(minWait) < 0) {
      throw new IllegalArgumentException(
          "maxWait " + maxWait + " must be at least the wait of " + minWait);
    }
    if (maxBatch < 1 || maxBatch > 10_000) {
      throw new IllegalArgumentException("maxBatch " + maxBatch + " must be from 1 to 10,000");
    }
  }

  /**
   * Due so long after the window's first message, whatever arrives meanwhile.
   *
   * @param wait longer than zero, at most 365 days
   * @return the policy, with batches of up to 100 and {@link FollowUp#FROM_ARRIVAL}
   */
  public static WindowPolicy fixed(Duration wait) {
    return new WindowPolicy(false, wait, wait, DEFAULT_MAX_BATCH, FollowUp.FROM_ARRIVAL);
  }

  /**
   * Due when no message has come for {@code quiet}, and {@code maxWait} after the window's first
   * message at the latest.
   *
   * @param quiet longer than zero, at most {@code maxWait}
   * @param maxWait at most 365 days
   * @return the policy, with batches of up to 100 and {@link FollowUp#FROM_ARRIVAL}
   */
  public static WindowPolicy quiet(Duration quiet, Duration maxWait) {
    return new WindowPolicy(true, quiet, maxWait, DEFAULT_MAX_BATCH, FollowUp.FROM_ARRIVAL);
  }

  /**
   * Lets {@link DebouncedBuffer#extend} move the due time out, to so long after the window's
   * beginning at the most. A quiet window can be extended up to its {@code maxWait} as it is.
   *
   * @param cap at least the window's wait
   * @return the changed policy
   */
  public WindowPolicy extendableTo(Duration cap) {
    return new WindowPolicy(isQuiet, minWait, cap, maxBatch, followUp);
  }

  /**
   * Takes so many messages in a batch at the most.
   *
   * @param messages 1 to 10,000
   * @return the changed policy
   */
  public WindowPolicy maxBatch(int messages) {
    return new WindowPolicy(isQuiet, minWait, maxWait, messages, followUp);
  }

  /**
   * Sets when messages that arrived during a run are due.
   *
   * @param timing from when to count
   * @return the changed policy
   */
  public WindowPolicy followUp(FollowUp timing) {
    return new WindowPolicy(isQuiet, minWait, maxWait, maxBatch, timing);
  }
}
