// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.postgres;

import java.sql.SQLException;

/**
 * How many messages are pending for one transaction: as many as the first look has found, and what
 * it has changed since.
 */
final class Pending {

  private final Statements statements;
  private final Looks looks;
  private int unmarked;
  private int deleted;

  Pending(Statements statements, Looks looks) {
    this.statements = statements;
    this.looks = looks;
  }

  /** So many more, or fewer, which the node's row gets to know with its marker. */
  void add(int messages) {
    unmarked += messages;
  }

  /** So many fewer, which the statement has counted in the node's row that has deleted them. */
  void deleted(int messages) {
    deleted += messages;
  }

  /** What is still to be counted in the node's row. */
  int unmarked() {
    return unmarked;
  }

  /** What waits is run: how many it deletes nobody knows before. */
  long count() throws SQLException {
    statements.flush();
    return looks.first().pending() + unmarked - deleted;
  }
}
