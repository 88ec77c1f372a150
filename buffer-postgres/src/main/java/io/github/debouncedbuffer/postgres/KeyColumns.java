// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.postgres;

import static io.github.debouncedbuffer.postgres.Columns.flag;
import static io.github.debouncedbuffer.postgres.Columns.number;
import static io.github.debouncedbuffer.postgres.Columns.text;

import io.github.debouncedbuffer.index.Nanos;
import io.github.debouncedbuffer.index.RowSense;
import io.github.debouncedbuffer.postgres.Columns.Column;
import io.github.debouncedbuffer.spi.BatchRow;
import io.github.debouncedbuffer.spi.KeyRow;
import io.github.debouncedbuffer.spi.KeyState;
import io.github.debouncedbuffer.spi.PolicyRow;
import io.github.debouncedbuffer.spi.WindowRow;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A {@link KeyRow} as it stands in the table {@code keys}. */
final class KeyColumns {

  private static final int WINDOW_COLUMNS = 4;
  private static final int BATCH_COLUMNS = 9;

  static final Columns<KeyRow> ALL =
      new Columns<>(
          List.of(
              text("key", KeyRow::key),
              text("state", row -> row.state().name()),
              time("started_at", KeyRow::startedAt),
              time("last_arrival_at", KeyRow::lastArrivalAt),
              time("due_at", KeyRow::dueAt),
              time("extended_until", KeyRow::extendedUntil),
              flag("policy_quiet", row -> row.policy().quiet()),
              number("policy_min_wait", row -> Nanos.of(row.policy().minWait())),
              number("policy_max_wait", row -> Nanos.of(row.policy().maxWait())),
              number("policy_max_batch", row -> (long) row.policy().maxBatch()),
              text("policy_follow_up", row -> row.policy().followUp()),
              number("window_messages", window(w -> (long) w.messages())),
              number("window_opened_at", window(w -> Nanos.of(w.openedAt()))),
              number("window_counts_from", window(w -> Nanos.of(w.countsFrom()))),
              flag("window_due_now", window(WindowRow::dueNow)),
              number("batch_id", batch(BatchRow::id)),
              number("batch_token", batch(BatchRow::token)),
              number("batch_attempt", batch(b -> (long) b.attempt())),
              number("batch_messages", batch(b -> (long) b.messages())),
              number("batch_through_sequence", batch(BatchRow::throughSequence)),
              number("batch_opened_at", batch(b -> Nanos.of(b.openedAt()))),
              number("batch_since", batch(b -> Nanos.of(b.since()))),
              flag("batch_recovered", batch(BatchRow::recovered)),
              number("batch_lease_until", batch(b -> nanos(b.leaseUntil()))),
              number("supersedes", row -> (long) row.supersedes())));

  /** What a message changes that only adds to a count. */
  static final Columns<KeyRow> COUNT = ALL.some("key", "last_arrival_at", "window_messages");

  private KeyColumns() {}

  private static Column<KeyRow> time(String name, Function<KeyRow, @Nullable Instant> value) {
    return number(name, row -> nanos(value.apply(row)));
  }

  private static @Nullable Long nanos(@Nullable Instant instant) {
    return instant == null ? null : Nanos.of(instant);
  }

  private static Function<KeyRow, @Nullable Object> window(
      Function<WindowRow, @Nullable Object> value) {
    return row -> row.window() == null ? null : value.apply(row.window());
  }

  private static Function<KeyRow, @Nullable Object> batch(
      Function<BatchRow, @Nullable Object> value) {
    return row -> row.batch() == null ? null : value.apply(row.batch());
  }

  /** One that the engine can work with. */
  static KeyRow row(Cursor c) throws SQLException {
    KeyRow row = read(c);
    RowSense.require(row);
    return row;
  }

  /** Arguments are evaluated from left to right, as the cursor reads. */
  private static KeyRow read(Cursor c) throws SQLException {
    return new KeyRow(
        c.text(),
        KeyState.valueOf(c.text()),
        c.time(),
        c.time(),
        c.timeOrNull(),
        c.timeOrNull(),
        new PolicyRow(c.flag(), c.duration(), c.duration(), c.count(), c.text()),
        c.skippedNulls(WINDOW_COLUMNS)
            ? null
            : new WindowRow(c.count(), c.time(), c.time(), c.flag()),
        c.skippedNulls(BATCH_COLUMNS)
            ? null
            : new BatchRow(
                c.number(),
                c.number(),
                c.count(),
                c.count(),
                c.number(),
                c.time(),
                c.time(),
                c.flag(),
                c.timeOrNull()),
        c.count());
  }
}
