// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.internal;

import io.github.debouncedbuffer.RetryPolicy;
import java.time.Duration;

/** How long a batch waits before its next attempt: arithmetic only. */
final class Backoff {

  private static final double TWO_TO_53 = 0x1p53;

  private Backoff() {}

  /**
   * Grows exponentially with the attempts up to the policy's maximum; up to {@code jitter} of it is
   * then taken off, by a number that depends on batch and attempt alone, so that batches which
   * failed together do not come back together and a replay sees the same times.
   */
  static Duration after(int attempt, long batchId, RetryPolicy retry) {
    double first = (double) retry.initialBackoff().toNanos();
    double grown = first * Math.pow(retry.multiplier(), Math.max(0, attempt - 1));
    long capped = (long) Math.min(grown, (double) retry.maxBackoff().toNanos());
    long wait = (long) (capped * (1 - retry.jitter() * unit(batchId, attempt)));
    return Duration.ofNanos(Math.min(wait, retry.maxBackoff().toNanos())); // doubles round up, too
  }

  /** SplitMix64's finaliser (Steele, Lea, Flood 2014), as a number in [0, 1). */
  private static double unit(long batchId, int attempt) {
    long z = batchId * 0x9E3779B97F4A7C15L + attempt;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return ((z ^ (z >>> 31)) >>> 11) / TWO_TO_53;
  }
}
