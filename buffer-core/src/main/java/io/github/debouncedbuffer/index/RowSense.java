// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.index;

import io.github.debouncedbuffer.spi.BatchRow;
import io.github.debouncedbuffer.spi.KeyRow;
import io.github.debouncedbuffer.spi.PolicyRow;
import io.github.debouncedbuffer.spi.WindowRow;
import java.time.Duration;
import java.time.Instant;

/**
 * Whether a stored row can be what somebody saved. Only data that were altered have another one; it
 * would make each claim fail that comes upon it, or lead to times that cannot be stored.
 *
 * <p>Such a row is {@code CORRUPT} data, rather than being left out: nobody would notice that its
 * messages are never handed over.
 */
public final class RowSense {

  private RowSense() {}

  /**
   * Lets a row pass that makes sense.
   *
   * @param row as it was stored
   * @throws IllegalArgumentException if it makes none
   */
  public static void require(KeyRow row) {
    PolicyRow policy = row.policy();
    require(policy);
    room(row.lastArrivalAt(), policy.maxWait());
    positive("supersedes + 1", row.supersedes() + 1L);
    if (row.window() != null) {
      require(row.window(), policy);
    }
    if (row.batch() != null) {
      require(row.batch());
    }
  }

  private static void require(PolicyRow policy) {
    positive("policy_min_wait", policy.minWait().toNanos());
    positive("policy_max_batch", policy.maxBatch());
    if (policy.maxWait().compareTo(policy.minWait()) < 0) {
      throw new IllegalArgumentException("policy_max_wait is less than policy_min_wait");
    }
  }

  private static void require(WindowRow window, PolicyRow policy) {
    positive("window_messages", window.messages());
    room(window.openedAt(), policy.maxWait());
    room(window.countsFrom(), policy.maxWait());
  }

  private static void require(BatchRow batch) {
    positive("batch_id", batch.id());
    positive("batch_token", batch.token());
    positive("batch_messages + 1", batch.messages() + 1L); // none, if it was erased while it ran
    positive("batch_through_sequence", batch.throughSequence());
    positive("batch_attempt + 1", batch.attempt() + 1L);
  }

  private static void positive(String column, long value) {
    if (value < 1) {
      throw new IllegalArgumentException(column + " is " + value + ", and at least 1 is stored");
    }
  }

  /** A due time that counts from here can be stored. */
  private static void room(Instant from, Duration wait) {
    if (wait.compareTo(Duration.between(from, Nanos.LAST)) > 0) {
      throw new IllegalArgumentException(from + " and " + wait + " lead beyond " + Nanos.LAST);
    }
  }
}
