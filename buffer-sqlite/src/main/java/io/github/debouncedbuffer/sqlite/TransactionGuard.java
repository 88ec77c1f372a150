// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.sqlite;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * Stands between the work and the statements of one transaction. It remembers the first failure and
 * answers everything with it from then on: SQLite may have rolled back on its own, and each later
 * statement would then commit by itself. A transaction with a failure is never committed, even if
 * the work caught the exception and went on.
 */
final class TransactionGuard {

  private final DatabaseFile file;
  private @Nullable RuntimeException failure;
  private boolean spoiled;
  private boolean changed;
  private boolean ended;

  TransactionGuard(DatabaseFile file) {
    this.file = file;
  }

  /** A step with a result. */
  @FunctionalInterface
  interface Reading<T> {
    T run() throws SQLException;
  }

  /** A step without one. */
  @FunctionalInterface
  interface Writing {
    void run() throws SQLException;
  }

  <T> T reads(Reading<T> step) {
    requireUsable();
    try {
      return step.run();
    } catch (SQLException e) {
      spoiled = true;
      failure = Failures.of(file, e);
      throw failure;
    } catch (RuntimeException e) {
      failure = e;
      throw e;
    } catch (Error e) {
      failure = new IllegalStateException("the transaction was left half done", e);
      throw e;
    }
  }

  /** Does nothing for nothing, so that such a transaction needs no sync. */
  void writes(int items, Writing step) {
    requireUsable();
    if (items == 0) {
      return;
    }
    changed = true;
    reads(
        () -> {
          step.run();
          return true;
        });
  }

  /** Writes only if it found something, which it does not in most cases. */
  int forgets(Reading<Integer> step) {
    int forgotten = reads(step);
    changed |= forgotten > 0;
    return forgotten;
  }

  /** Throws the first failure, if there was one. Called before the commit. */
  void requireUnharmed() {
    if (failure != null) {
      throw failure;
    }
  }

  boolean hasChanged() {
    return changed;
  }

  /** Whether a statement failed: then the connection is not to be trusted any more. */
  boolean hasSpoiledConnection() {
    return spoiled;
  }

  void end() {
    ended = true;
  }

  private void requireUsable() {
    if (ended) {
      throw new IllegalStateException("the transaction has ended");
    }
    requireUnharmed();
  }
}
