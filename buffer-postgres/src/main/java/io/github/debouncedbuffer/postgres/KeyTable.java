// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.postgres;

import io.github.debouncedbuffer.index.RowChange;
import io.github.debouncedbuffer.spi.KeyRow;
import io.github.debouncedbuffer.spi.KeyState;
import io.github.debouncedbuffer.spi.PolicyRow;
import io.github.debouncedbuffer.spi.WindowRow;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The table {@code keys}, for one transaction, which remembers which keys it has locked.
 *
 * <p>A row that exists is locked by the server. There is no row to lock of an absent key: who
 * writes it first has it, and whoever comes after him waits for his end, finds that his own row
 * cannot be written, and begins again. So one that was absent when it was locked, and is there now,
 * is a {@link ConflictException}.
 */
final class KeyTable {

  /** In an order of their own, so that the server prepares few different texts. */
  private static final List<String> WRITES =
      List.of(Sql.INSERT_KEYS, Sql.UPDATE_KEYS, Sql.COUNT_IN_KEYS);

  private final Statements statements;
  private final Looks looks;

  /** The keys that were locked or written, each with its row. */
  private final Map<String, Optional<KeyRow>> locked = new HashMap<>();

  KeyTable(Statements statements, Looks looks) {
    this.statements = statements;
    this.looks = looks;
  }

  Map<String, KeyRow> lock(Collection<String> keys) throws SQLException {
    if (keys.isEmpty()) {
      return Map.of();
    }
    Map<String, KeyRow> found =
        found(looks.locking(Sql.LOCK_KEYS, p -> p.texts(keys), KeyColumns::row)).stream()
            .collect(Collectors.toMap(KeyRow::key, row -> row));
    keys.forEach(key -> locked.put(key, Optional.ofNullable(found.get(key))));
    return found;
  }

  /** In the order of their due times. One that changed while it was locked may have another one. */
  List<KeyRow> lockDue(Instant now, int limit, boolean recoveredToo) throws SQLException {
    List<KeyRow> due =
        found(
            looks.locking(
                Sql.LOCK_DUE,
                p -> p.clipped(now).flag(recoveredToo).number(limit),
                KeyColumns::row));
    due.sort(Comparator.comparing(KeyRow::dueAt));
    return due;
  }

  List<KeyRow> lockForRecovery(Instant now, int limit) throws SQLException {
    return found(
        looks.locking(
            Sql.LOCK_FOR_RECOVERY,
            p -> p.clipped(now).clipped(now).number(limit),
            KeyColumns::row));
  }

  void save(Collection<KeyRow> rows) throws SQLException {
    lockOthers(rows.stream().map(KeyRow::key).toList());
    write(List.copyOf(rows));
  }

  void remove(Collection<String> keys) throws SQLException {
    lockOthers(keys);
    List<String> present = keys.stream().filter(this::isPresent).toList();
    if (!present.isEmpty()) {
      statements.later(Sql.REMOVE_KEYS, p -> p.texts(present));
      present.forEach(key -> changes(key, null));
    }
  }

  /**
   * Keeps everybody else from a key, even if it is absent: who writes its row now waits for the end
   * of this transaction, though the row that he waits for is gone.
   */
  void hold(String key) throws SQLException {
    lockOthers(Set.of(key));
    if (!isPresent(key)) {
      write(List.of(placeholder(key)));
      remove(Set.of(key));
    }
  }

  private void write(List<KeyRow> rows) {
    Map<String, List<KeyRow>> byStatement =
        rows.stream().collect(Collectors.groupingBy(this::statement));
    for (String sql : WRITES) {
      List<KeyRow> some = byStatement.get(sql);
      if (some != null) {
        statements.later(sql, p -> columns(sql).into(p, some));
      }
    }
    rows.forEach(row -> changes(row.key(), row));
  }

  /** Most messages only add to a count, for which two columns are written. */
  private String statement(KeyRow row) {
    return locked
        .getOrDefault(row.key(), Optional.empty())
        .map(before -> RowChange.isCountOnly(before, row) ? Sql.COUNT_IN_KEYS : Sql.UPDATE_KEYS)
        .orElse(Sql.INSERT_KEYS);
  }

  private static Columns<KeyRow> columns(String sql) {
    return sql.equals(Sql.COUNT_IN_KEYS) ? KeyColumns.COUNT : KeyColumns.ALL;
  }

  private void changes(String key, @Nullable KeyRow row) {
    locked.put(key, Optional.ofNullable(row));
    looks.changes(key, row);
  }

  /** Those that nobody has asked for before they are changed. */
  private void lockOthers(Collection<String> keys) throws SQLException {
    lock(keys.stream().filter(key -> !locked.containsKey(key)).toList());
  }

  private boolean isPresent(String key) {
    return locked.getOrDefault(key, Optional.empty()).isPresent();
  }

  /** These are locked now. */
  private List<KeyRow> found(List<KeyRow> rows) {
    for (KeyRow row : rows) {
      Optional<KeyRow> before = locked.put(row.key(), Optional.of(row));
      if (before != null && before.isEmpty()) {
        throw new ConflictException();
      }
    }
    return new ArrayList<>(rows);
  }

  private static KeyRow placeholder(String key) {
    Instant none = Instant.EPOCH;
    Duration least = Duration.ofNanos(1);
    PolicyRow policy = new PolicyRow(false, least, least, 1, "");
    WindowRow window = new WindowRow(1, none, none, false);
    return new KeyRow(key, KeyState.WAITING, none, none, none, null, policy, window, null, 0);
  }
}
