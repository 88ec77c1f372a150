// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.internal;

import static io.github.debouncedbuffer.internal.Deadline.earlier;

import io.github.debouncedbuffer.spi.BatchRow;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The batches in the {@link Rows}: the same one under another claim, or with other members. */
final class Batches {

  private Batches() {}

  /** Written by a clock that is not ahead of now; if it was, its lease was, too. */
  static BatchRow pulledIn(BatchRow b, Instant now) {
    Instant lease = b.leaseUntil();
    if (lease != null && b.since().isAfter(now)) {
      lease = lease.minus(Duration.between(now, b.since()));
    }
    return claim(b, b.token(), b.attempt(), earlier(b.since(), now), b.recovered(), lease);
  }

  static BatchRow claim(
      BatchRow b,
      long token,
      int attempt,
      Instant since,
      boolean recovered,
      @Nullable Instant lease) {
    return new BatchRow(
        b.id(),
        token,
        attempt,
        b.messages(),
        b.throughSequence(),
        b.openedAt(),
        since,
        recovered,
        lease);
  }

  static BatchRow members(BatchRow b, long id, int messages, long through, Instant openedAt) {
    return new BatchRow(
        id,
        b.token(),
        b.attempt(),
        messages,
        through,
        openedAt,
        b.since(),
        b.recovered(),
        b.leaseUntil());
  }
}
