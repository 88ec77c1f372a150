// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.postgres;

import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The last look of one transaction; taken anew with each lock. */
final class Looks {

  private final Statements statements;
  private @Nullable Look last;

  Looks(Statements statements) {
    this.statements = statements;
  }

  /** Runs a query that locks what it finds, and looks. */
  <T> List<T> locking(String sql, Statements.Parameters parameters, Statements.RowReader<T> reader)
      throws SQLException {
    Statements.Two<T, Look> found = statements.two(sql, parameters, reader, Sql.LOOK, Look::read);
    last = found.second();
    return found.first();
  }

  /** The last one; the first if nothing was locked before. */
  Look last() throws SQLException {
    if (last == null) {
      last = statements.single(Sql.LOOK, p -> {}, Look::read);
    }
    return last;
  }
}
