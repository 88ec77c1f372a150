// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.postgres;

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

/**
 * The table {@code keys}, for one transaction, which remembers which keys it has locked.
 *
 * <p>A row that exists is locked by the server. There is no row to lock of an absent key: who
 * writes it first has it, and whoever comes after him waits for his end, finds that his own row was
 * not written, and begins again. So one that was absent when it was locked, and is there now, is a
 * {@link ConflictException}.
 */
final class KeyTable {

  private final Statements statements;
  private final Looks looks;

  /** The keys that were locked or written, and whether they have a row. */
  private final Map<String, Boolean> locked = new HashMap<>();

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
    keys.forEach(key -> locked.put(key, found.containsKey(key)));
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

  Optional<Instant> nextDue(boolean recoveredToo) throws SQLException {
    return statements.query(Sql.NEXT_DUE, p -> p.flag(recoveredToo), Cursor::time).stream()
        .findFirst();
  }

  void save(Collection<KeyRow> rows) throws SQLException {
    lockOthers(rows.stream().map(KeyRow::key).toList());
    write(List.copyOf(rows));
  }

  void remove(Collection<String> keys) throws SQLException {
    lockOthers(keys);
    List<String> present = keys.stream().filter(this::isPresent).toList();
    if (!present.isEmpty()) {
      statements.update(Sql.REMOVE_KEYS, p -> p.texts(present));
      present.forEach(key -> locked.put(key, false));
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

  private void write(List<KeyRow> rows) throws SQLException {
    if (rows.isEmpty()) {
      return;
    }
    List<String> present = rows.stream().map(KeyRow::key).filter(this::isPresent).toList();
    int written =
        statements.update(Sql.SAVE_KEYS, p -> KeyColumns.ALL.into(p, rows).texts(present));
    if (written != rows.size()) {
      throw new ConflictException();
    }
    rows.forEach(row -> locked.put(row.key(), true));
  }

  /** Those that nobody has asked for before they are changed. */
  private void lockOthers(Collection<String> keys) throws SQLException {
    lock(keys.stream().filter(key -> !locked.containsKey(key)).toList());
  }

  private boolean isPresent(String key) {
    return Boolean.TRUE.equals(locked.get(key));
  }

  /** These are locked now. */
  private List<KeyRow> found(List<KeyRow> rows) {
    for (KeyRow row : rows) {
      if (Boolean.FALSE.equals(locked.put(row.key(), true))) {
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
