// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.postgres;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * Stands between the work and the statements of one transaction. It remembers the first failure and
 * answers everything with it from then on: the server has aborted the transaction, and a commit
 * would silently be a rollback. A transaction with a failure is never committed, even if the work
 * caught the exception and went on.
 */
final class TransactionGuard {

  private @Nullable RuntimeException failure;
  private @Nullable SQLException cause;
  private boolean changed;
  private boolean hasHanded;
  private boolean isCommitting;
  private boolean ended;

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
      cause = e;
      failure = translated(e);
      throw failure;
    } catch (RuntimeException e) {
      failure = e;
      throw e;
    } catch (Error e) {
      failure = new IllegalStateException("the transaction was left half done", e);
      throw e;
    }
  }

  private RuntimeException translated(SQLException e) {
    if (hasHanded) {
      return Failures.afterWork(e);
    }
    return Failures.isConflict(e) ? new ConflictException() : Failures.of(e);
  }

  /** Does nothing for nothing. */
  void writes(int items, Writing step) {
    requireUsable();
    if (items == 0) {
      return;
    }
    changes();
    reads(
        () -> {
          step.run();
          return true;
        });
  }

  /** The last step. Whatever is thrown meanwhile, it may have been done. */
  void commits(Writing step) {
    isCommitting = true;
    reads(
        () -> {
          try {
            step.run();
          } catch (RuntimeException | Error e) {
            throw new SQLException("the driver failed", e);
          }
          return true;
        });
  }

  /** Writes only if it found something, which it does not in most cases. */
  int forgets(Reading<Integer> step) {
    int forgotten = reads(step);
    changed |= forgotten > 0;
    return forgotten;
  }

  /** By what a commit failed, so that nobody knows what became of it; null if not at all. */
  @Nullable SQLException unknownOutcome() {
    return isCommitting && changed && cause != null && !Failures.isTakenBack(cause) ? cause : null;
  }

  private void requireUnharmed() {
    if (failure != null) {
      throw failure;
    }
  }

  /** There is something to be committed. */
  void changes() {
    changed = true;
  }

  /** A handler's work has the transaction's connection. */
  void handed() {
    changed = true;
    hasHanded = true;
  }

  boolean hasChanged() {
    return changed;
  }

  /** Whether the work may find it otherwise when it is run again. */
  boolean mayBeRunAgain() {
    return failure instanceof ConflictException || (cause != null && Failures.mayBeRunAgain(cause));
  }

  /** Whether the connection is not to be trusted any more. */
  boolean hasSpoiledConnection() {
    return cause != null && !Failures.leavesConnection(cause);
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
