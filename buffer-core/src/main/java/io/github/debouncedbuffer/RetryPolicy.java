// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer;

import java.time.Duration;

/**
 * How often a batch is tried and how long it backs off in between. Immutable.
 *
 * @param maxAttempts after so many failed attempts the batch is dead-lettered; 1 to 1,000
 * @param initialBackoff the wait after the first failure; longer than zero, at most 365 days
 * @param multiplier by what each further wait grows; 1 to 100
 * @param maxBackoff no wait is longer; at least {@code initialBackoff}
 * @param jitter up to this share of a wait is taken off, so that batches which failed together do
 *     not all come back together; the same batch and attempt always wait the same; 0 to 1
 */
public record RetryPolicy(
    int maxAttempts,
    Duration initialBackoff,
    double multiplier,
    Duration maxBackoff,
    double jitter) {

  /** Five attempts; 1 s, 2 s, 4 s, 8 s between them, each up to a fifth shorter. */
  public static final RetryPolicy DEFAULT =
      new RetryPolicy(5, Duration.ofSeconds(1), 2, Duration.ofMinutes(5), 0.2);

  /**
   * Checks the parts.
   *
   * @param maxAttempts see above
   * @param initialBackoff see above
   * @param multiplier see above
   * @param maxBackoff see above
   * @param jitter see above
   * @throws IllegalArgumentException if one is out of range
   */
  public RetryPolicy {
    Durations.positive("initialBackoff", initialBackoff);
    Durations.positive("maxBackoff", maxBackoff);
    if (maxAttempts < 1 || maxAttempts > 1_000) {
      throw new IllegalArgumentException("maxAttempts " + maxAttempts + " must be from 1 to 1,000");
    }
    if (!(multiplier >= 1 && multiplier <= 100)) {
      throw new IllegalArgumentException("multiplier " + multiplier + " must be from 1 to 100");
    }
    if (maxBackoff.compareTo(initialBackoff) < 0) {
      throw new IllegalArgumentException(
          "maxBackoff " + maxBackoff + " must be at least the initialBackoff of " + initialBackoff);
    }
    if (!(jitter >= 0 && jitter <= 1)) {
      throw new IllegalArgumentException("jitter " + jitter + " must be from 0 to 1");
    }
  }

  /**
   * Tries so often.
   *
   * @param attempts 1 to 1,000
   * @return the changed policy
   */
  public RetryPolicy maxAttempts(int attempts) {
    return new RetryPolicy(attempts, initialBackoff, multiplier, maxBackoff, jitter);
  }

  /**
   * Sets the first and the longest wait.
   *
   * @param initial longer than zero
   * @param longest at least {@code initial}
   * @return the changed policy
   */
  public RetryPolicy backoff(Duration initial, Duration longest) {
    return new RetryPolicy(maxAttempts, initial, multiplier, longest, jitter);
  }

  /**
   * Sets the jitter.
   *
   * @param share 0 to 1
   * @return the changed policy
   */
  public RetryPolicy jitter(double share) {
    return new RetryPolicy(maxAttempts, initialBackoff, multiplier, maxBackoff, share);
  }
}
