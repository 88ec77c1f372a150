// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.postgres;

import io.github.debouncedbuffer.spi.KeyRow;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The looks of one transaction, one with each lock, and what it has changed since the last. */
final class Looks {

  private final Statements statements;
  private final Map<String, Optional<KeyRow>> changed = new HashMap<>();
  private @Nullable Look first;
  private @Nullable Look last;

  Looks(Statements statements) {
    this.statements = statements;
  }

  /** Runs a query that locks what it finds, and looks. */
  <T> List<T> locking(String sql, Statements.Parameters parameters, Statements.RowReader<T> reader)
      throws SQLException {
    Statements.Two<T, Look> found = statements.two(sql, parameters, reader, Sql.LOOK, Look::read);
    looked(found.second());
    return found.first();
  }

  /** Before this transaction has written anything, if whoever writes asks for it. */
  Look first() throws SQLException {
    last();
    return Objects.requireNonNull(first);
  }

  /** The last one; the first if nothing was locked before. */
  Look last() throws SQLException {
    if (last == null) {
      looked(statements.single(Sql.LOOK, p -> {}, Look::read));
    }
    return Objects.requireNonNull(last);
  }

  private void looked(Look look) {
    changed.clear();
    first = first == null ? look : first;
    last = look;
  }

  /** A row is saved; null if it is removed. */
  void changes(String key, @Nullable KeyRow row) {
    changed.put(key, Optional.ofNullable(row));
  }

  /**
   * The earliest due time, without another look: of what was there, and of what was saved since.
   * That cannot be told if the row that was the earliest one is another by now.
   */
  Optional<Instant> nextDue(boolean recoveredToo) throws SQLException {
    Look.Due there = recoveredToo ? last().nextDue() : last().nextUnrecovered();
    if (there != null && changed.containsKey(there.key())) {
      return statements.query(Sql.NEXT_DUE, p -> p.flag(recoveredToo), Cursor::time).stream()
          .findFirst();
    }
    Stream<Instant> saved =
        changed.values().stream()
            .flatMap(Optional::stream)
            .filter(row -> recoveredToo || row.batch() == null || !row.batch().recovered())
            .map(KeyRow::dueAt)
            .filter(Objects::nonNull);
    return Stream.concat(Stream.ofNullable(there).map(Look.Due::at), saved)
        .min(Comparator.naturalOrder());
  }
}
