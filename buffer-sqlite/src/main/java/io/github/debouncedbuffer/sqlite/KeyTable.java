// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.sqlite;

import io.github.debouncedbuffer.index.RowSense;
import io.github.debouncedbuffer.spi.BatchRow;
import io.github.debouncedbuffer.spi.KeyRow;
import io.github.debouncedbuffer.spi.KeyState;
import io.github.debouncedbuffer.spi.PolicyRow;
import io.github.debouncedbuffer.spi.WindowRow;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The table {@code keys}: a row for each key that is not idle, in the order in which they ceased to
 * be, so that those which open, run and end together lie together.
 *
 * <p>A row says up to which sequence it has counted. Messages behind that are to be added to it,
 * and the last of them is the newest arrival: so one that changes nothing else writes no row.
 */
final class KeyTable {

  private static final int WINDOW_COLUMNS = 4;
  private static final int BATCH_COLUMNS = 8;

  private final Statements statements;

  KeyTable(Statements statements) {
    this.statements = statements;
  }

  /**
   * A row as it is on disk.
   *
   * @param countedThrough the sequence of the last message that is counted in it
   */
  record OnDisk(long rowId, long countedThrough, KeyRow row) {

    /** With so many messages more, the last of which arrived then. */
    KeyRow with(int more, Instant lastArrival) throws SQLException {
      WindowRow w = row.window();
      if (w == null || w.messages() > Integer.MAX_VALUE - more) {
        throw Failures.damaged("a key has messages of which its row does not know", null);
      }
      return new KeyRow(
          row.key(),
          row.state(),
          row.startedAt(),
          lastArrival,
          row.dueAt(),
          row.extendedUntil(),
          row.policy(),
          new WindowRow(w.messages() + more, w.openedAt(), w.countsFrom(), w.dueNow()),
          row.batch(),
          row.supersedes());
    }
  }

  void readAll(Statements.RowTaker<OnDisk> taker) throws SQLException {
    statements.each(Sql.LOAD_KEYS, p -> {}, KeyTable::onDisk, taker);
  }

  void write(List<OnDisk> rows) throws SQLException {
    statements.updateAll(
        Sql.SAVE_KEY,
        rows,
        (p, saved) -> {
          KeyRow row = saved.row();
          p.number(saved.rowId()).number(saved.countedThrough());
          p.text(row.key()).text(row.state().name());
          p.time(row.startedAt()).time(row.lastArrivalAt());
          p.time(row.dueAt()).time(row.extendedUntil());
          bind(p, row.policy());
          bind(p, row.window());
          bind(p, row.batch());
          p.number(row.supersedes());
        });
  }

  void remove(List<Long> rowIds) throws SQLException {
    statements.updateAll(Sql.REMOVE_KEY, rowIds, Binder::number);
  }

  private static void bind(Binder p, PolicyRow policy) throws SQLException {
    p.flag(policy.quiet()).duration(policy.minWait()).duration(policy.maxWait());
    p.number(policy.maxBatch()).text(policy.followUp());
  }

  private static void bind(Binder p, @Nullable WindowRow window) throws SQLException {
    if (window == null) {
      p.nulls(WINDOW_COLUMNS);
      return;
    }
    p.number(window.messages()).time(window.openedAt());
    p.time(window.countsFrom()).flag(window.dueNow());
  }

  private static void bind(Binder p, @Nullable BatchRow batch) throws SQLException {
    if (batch == null) {
      p.nulls(BATCH_COLUMNS);
      return;
    }
    p.number(batch.id()).number(batch.token()).number(batch.attempt());
    p.number(batch.messages()).number(batch.throughSequence());
    p.time(batch.openedAt()).time(batch.since()).flag(batch.recovered());
  }

  /** With a row that the engine can work with: of any other it could make no sense. */
  private static OnDisk onDisk(Cursor c) throws SQLException {
    OnDisk read = new OnDisk(c.number(), c.number(), row(c));
    RowSense.require(read.row());
    return read;
  }

  /** Arguments are evaluated from left to right, as the cursor reads. */
  private static KeyRow row(Cursor c) throws SQLException {
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
                null),
        c.count());
  }
}
