// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.sqlite;

import io.github.debouncedbuffer.spi.BatchRow;
import io.github.debouncedbuffer.spi.KeyRow;
import io.github.debouncedbuffer.spi.KeyState;
import io.github.debouncedbuffer.spi.PolicyRow;
import io.github.debouncedbuffer.spi.WindowRow;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The table {@code keys}: a row for each key that is not idle. */
final class KeyTable {

  private static final int WINDOW_COLUMNS = 4;
  private static final int BATCH_COLUMNS = 8;

  private final Statements statements;

  /** As they are in the table; of this transaction only. */
  private final Map<String, KeyRow> known = new HashMap<>();

  KeyTable(Statements statements) {
    this.statements = statements;
  }

  List<KeyRow> toRecover(Instant now, int limit) throws SQLException {
    return statements.query(Sql.KEYS_TO_RECOVER, p -> p.clipped(now).number(limit), KeyTable::row);
  }

  Map<String, KeyRow> load(Collection<String> keys) throws SQLException {
    Map<String, KeyRow> rows = new HashMap<>();
    if (!keys.isEmpty()) {
      String array = JsonArray.of(keys);
      for (KeyRow row : statements.query(Sql.LOAD_KEYS, p -> p.text(array), KeyTable::row)) {
        rows.put(row.key(), row);
      }
    }
    known.putAll(rows);
    return rows;
  }

  void save(Collection<KeyRow> rows) throws SQLException {
    List<KeyRow> counted = new ArrayList<>();
    List<KeyRow> changed = new ArrayList<>();
    for (KeyRow row : rows) {
      KeyRow before = known.put(row.key(), row);
      (before != null && isCounted(before, row) ? counted : changed).add(row);
    }
    count(counted);
    write(changed);
  }

  /** Whether nothing but the newest message differs. */
  private static boolean isCounted(KeyRow before, KeyRow row) {
    WindowRow was = before.window();
    WindowRow is = row.window();
    return was != null
        && is != null
        && was.equals(new WindowRow(was.messages(), is.openedAt(), is.countsFrom(), is.dueNow()))
        && before.equals(
            new KeyRow(
                row.key(),
                row.state(),
                row.startedAt(),
                before.lastArrivalAt(),
                row.dueAt(),
                row.extendedUntil(),
                row.policy(),
                was,
                row.batch()));
  }

  private void count(List<KeyRow> rows) throws SQLException {
    statements.updateAll(
        Sql.COUNT_MESSAGE,
        rows,
        (p, row) -> {
          p.time(row.lastArrivalAt());
          p.number(Objects.requireNonNull(row.window()).messages()).text(row.key());
        });
  }

  private void write(List<KeyRow> rows) throws SQLException {
    statements.updateAll(
        Sql.SAVE_KEY,
        rows,
        (p, row) -> {
          p.text(row.key()).text(row.state().name());
          p.time(row.startedAt()).time(row.lastArrivalAt());
          p.time(row.dueAt()).time(row.extendedUntil());
          bind(p, row.policy());
          bind(p, row.window());
          bind(p, row.batch());
        });
  }

  List<KeyRow> due(Instant now, int limit, boolean recoveredToo) throws SQLException {
    return statements.query(
        Sql.DUE_KEYS, p -> p.clipped(now).flag(recoveredToo).number(limit), KeyTable::row);
  }

  Optional<Instant> nextDue(boolean recoveredToo) throws SQLException {
    return statements.query(Sql.NEXT_DUE, p -> p.flag(recoveredToo), Cursor::time).stream()
        .findFirst();
  }

  void remove(Collection<String> keys) throws SQLException {
    keys.forEach(known::remove);
    statements.updateAll(Sql.REMOVE_KEY, keys, Binder::text);
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

  /** A row that the engine can work with: of any other it could make no sense, again and again. */
  private static KeyRow row(Cursor c) throws SQLException {
    KeyRow row = parsed(c);
    RowSense.require(row);
    return row;
  }

  /** Arguments are evaluated from left to right, as the cursor reads. */
  private static KeyRow parsed(Cursor c) throws SQLException {
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
                c.flag()));
  }
}
