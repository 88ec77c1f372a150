// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.postgres;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * One store object, among all that share the data: its options, its name, and the markers of its
 * transactions. Thread-safe.
 *
 * @param options how it was opened
 * @param table its rows in the database
 * @param markers counts them
 * @param time where the time comes from; null for the database's clock
 * @param isAlone whether no other node uses the data: then there is no lease, and nobody to tell
 */
record Node(
    PostgresOptions options,
    NodeTable table,
    AtomicLong markers,
    @Nullable TimeSource time,
    boolean isAlone) {

  /** Gives a transaction its time in the place of the database. */
  @FunctionalInterface
  interface TimeSource {
    Instant now(Instant clock);
  }

  static Node sharing(PostgresOptions options, @Nullable TimeSource time) {
    return new Node(options, newTable(), new AtomicLong(), time, false);
  }

  static Node alone(PostgresOptions options) {
    return new Node(options, newTable(), new AtomicLong(), clock -> clock, true);
  }

  private static NodeTable newTable() {
    return new NodeTable(UUID.randomUUID());
  }

  long nextMarker() {
    return markers.incrementAndGet();
  }

  Optional<Duration> lease() {
    return isAlone ? Optional.empty() : Optional.of(options.lease());
  }
}
