// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.sqlite;

import io.github.debouncedbuffer.spi.StoreException;
import io.github.debouncedbuffer.spi.StoreException.Reason;
import io.github.debouncedbuffer.spi.StoreWork;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs transactions on the one session, and gets another one when that is spoiled. Not thread-safe.
 *
 * <p>What a commit that failed has done is not known: the log may hold it or not, and after a
 * failed sync the system shows pages that are not on the disk. So the connection is closed, the
 * file opened anew, and the whole log moved into the database and synced; what the marker says then
 * is true and durable. As long as that does not succeed no other transaction is begun.
 */
final class Database {

  private static final Logger LOG = LoggerFactory.getLogger(Database.class);

  private final DatabaseFile file;
  private final Opener opener;
  private final String storeId;
  private @Nullable Session session;

  Database(DatabaseFile file, Opener opener, Session session) {
    this.file = file;
    this.opener = opener;
    this.session = session;
    this.storeId = session.store().storeId();
  }

  String storeId() {
    return storeId;
  }

  <R> R transact(StoreWork<R> work) {
    file.requireSame();
    Session current = session();
    begin(current);
    TransactionGuard guard = new TransactionGuard(file);
    SqliteTransaction transaction = new SqliteTransaction(current, guard);
    R result;
    StoreRow saved = current.store();
    try {
      result = work.in(transaction);
      guard.requireUnharmed();
      if (guard.hasChanged()) {
        saved = transaction.finish();
      }
    } catch (Throwable failure) {
      rollback(current, transaction, guard, failure);
      throw failure;
    } finally {
      guard.end();
    }
    commit(current, transaction, saved);
    if (guard.hasChanged()) {
      wipe(current, transaction);
    }
    return result;
  }

  private Session session() {
    Session current = session;
    if (current == null) {
      current = opener.reopen(storeId);
      session = current;
    }
    return current;
  }

  private void begin(Session current) {
    try {
      current.begin();
    } catch (SQLException e) {
      current.statements().forget();
      if (Failures.reason(e) != Reason.BUSY) {
        discard(current);
      }
      throw Failures.of(file, e);
    }
  }

  private void rollback(
      Session current, SqliteTransaction transaction, TransactionGuard guard, Throwable failure) {
    try {
      current.rollback();
      transaction.takeBack();
    } catch (SQLException | RuntimeException | Error e) {
      failure.addSuppressed(e);
      discard(current);
      return;
    }
    if (guard.hasSpoiledConnection()) {
      discard(current);
    }
  }

  private void commit(Session current, SqliteTransaction transaction, StoreRow saved) {
    try {
      current.commit(saved);
    } catch (SQLException e) {
      if (Failures.reason(e) == Reason.BUSY && isRolledBack(current)) {
        transaction.takeBack();
        throw Failures.of(file, e);
      }
      discard(current);
      resolve(e, saved.lastTransaction());
    } catch (RuntimeException | Error e) {
      discard(current);
      resolve(new SQLException("the driver failed", e), saved.lastTransaction());
    }
  }

  /**
   * It is committed: what goes wrong now is logged, and a log that stays is emptied at the open.
   */
  private void wipe(Session current, SqliteTransaction transaction) {
    if (transaction.hasErased()) {
      current.leavesTraces();
    }
    try {
      if (current == session) {
        current.wipe();
      }
    } catch (SQLException e) {
      LOG.warn("{}: what was erased may still be in the log until the next start", file, e);
      discard(current);
    }
  }

  private static boolean isRolledBack(Session current) {
    try {
      current.rollback();
      return true;
    } catch (SQLException noTransactionOpen) {
      return false;
    }
  }

  /** Returns if the transaction with this marker is stored, durably, and throws if it is not. */
  private void resolve(SQLException failure, long marker) {
    long found;
    try {
      file.requireSame();
      found = session().store().lastTransaction();
    } catch (StoreException e) {
      failure.addSuppressed(e);
      throw new StoreException(
          Reason.OUTCOME_UNKNOWN,
          file
              + ": a commit failed and the database cannot be opened to see whether it took effect."
              + " Submitting again with the same message id is safe",
          failure);
    }
    if (found != marker) {
      throw Failures.of(file, failure);
    }
    LOG.warn("{}: a commit reported a failure, but it is stored; going on", file, failure);
  }

  private void discard(Session spoiled) {
    session = null;
    spoiled.close();
  }

  void close() {
    Session current = session;
    if (current != null) {
      discard(current);
    }
  }
}
