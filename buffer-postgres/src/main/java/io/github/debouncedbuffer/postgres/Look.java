// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.postgres;

import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a transaction needs to know of the rest of the database, read in one go after its keys were
 * locked, and in the same round trip.
 *
 * @param now the database's time
 * @param latest the first number of the block that was drawn last, by whom ever; to be changed by
 *     who draws another one
 * @param pending how many messages are pending
 * @param nextDue the earliest due time of all; null if there is none
 * @param nextUnrecovered the earliest one but for batches that were recovered; null if there is
 *     none
 * @param nextToForget when the retention of an id ends first; null if of none
 */
record Look(
    Instant now,
    Map<Numbers.Of, Long> latest,
    long pending,
    @Nullable Due nextDue,
    @Nullable Due nextUnrecovered,
    @Nullable Instant nextToForget) {

  /** A key and its due time. */
  record Due(String key, Instant at) {

    static @Nullable Due read(Cursor c) throws SQLException {
      String key = c.textOrNull();
      Instant at = c.timeOrNull();
      return key == null || at == null ? null : new Due(key, at);
    }
  }

  static Look read(Cursor c) throws SQLException {
    Instant now = Instant.EPOCH.plus(c.number(), ChronoUnit.MICROS);
    Map<Numbers.Of, Long> latest = new EnumMap<>(Numbers.Of.class);
    latest.put(Numbers.Of.SEQUENCES, c.number());
    latest.put(Numbers.Of.TOKENS, c.number());
    return new Look(now, latest, c.number(), Due.read(c), Due.read(c), c.timeOrNull());
  }
}
