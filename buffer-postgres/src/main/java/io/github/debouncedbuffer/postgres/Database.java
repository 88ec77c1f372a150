// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.postgres;

import io.github.debouncedbuffer.spi.StoreException;
import io.github.debouncedbuffer.spi.StoreException.Reason;
import io.github.debouncedbuffer.spi.StoreWork;
import java.sql.SQLException;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Runs work in transactions, again if the server or another node was in the way. Thread-safe. */
final class Database {

  /** Each time somebody else has got on. */
  private static final int TRIES = 20;

  /** So that he gets what he waited for before this one takes it again; longer with each try. */
  private static final long PAUSE_NANOS = 1_000_000;

  private final Node node;
  private final Channel channel;
  private final Sessions sessions;
  private final Outcomes outcomes;

  Database(Node node, Channel channel, Sessions sessions) {
    this.node = node;
    this.channel = channel;
    this.sessions = sessions;
    this.outcomes = new Outcomes(node, sessions);
  }

  <R> R transact(StoreWork<R> work) {
    RuntimeException last = null;
    for (int tries = 0; tries < TRIES; tries++) {
      Attempt<R> attempt = attempt(work);
      if (attempt.isCommitted) {
        return attempt.result();
      }
      last = attempt.inTheWay;
      LockSupport.parkNanos(PAUSE_NANOS * tries);
    }
    throw new StoreException(
        Reason.BUSY,
        "PostgreSQL: other nodes were faster "
            + TRIES
            + " times; nothing was stored. Try again later",
        last);
  }

  private <R> Attempt<R> attempt(StoreWork<R> work) {
    Session session = take();
    try {
      Attempt<R> attempt = new Attempt<>(session);
      attempt.run(work);
      return attempt;
    } finally {
      sessions.give(session);
    }
  }

  private Session take() {
    try {
      return sessions.take();
    } catch (SQLException e) {
      throw Failures.of(e);
    }
  }

  /** One transaction. It is committed, or something was in the way, or it throws. */
  private final class Attempt<R> {

    private final Session session;
    private final TransactionGuard guard = new TransactionGuard();
    private final PostgresTransaction transaction;
    private @Nullable R result;
    private boolean isCommitted;
    private @Nullable RuntimeException inTheWay;

    Attempt(Session session) {
      this.session = session;
      this.transaction = new PostgresTransaction(node, channel, session, guard);
    }

    @SuppressWarnings("NullAway") // null if the work has returned null
    R result() {
      return result;
    }

    void run(StoreWork<R> work) {
      try {
        result = work.in(transaction);
        transaction.commit();
        isCommitted = true;
      } catch (RuntimeException failure) {
        failed(failure);
      } catch (Error failure) {
        rollback(failure);
        throw failure;
      } finally {
        transaction.end();
      }
    }

    private void failed(RuntimeException failure) {
      SQLException unknown = guard.unknownOutcome();
      if (unknown != null) {
        session.spoil();
        outcomes.resolve(session.slot(), transaction.marker(), unknown);
        isCommitted = true;
        return;
      }
      rollback(failure);
      SQLException lost = transaction.lostConnection();
      if (lost != null) {
        throw Failures.of(lost); // whatever the handler's work made of it
      }
      if (!guard.mayBeRunAgain()) {
        throw failure;
      }
      inTheWay = failure;
    }

    private void rollback(Throwable failure) {
      if (guard.hasSpoiledConnection() || transaction.lostConnection() != null) {
        session.spoil();
        return;
      }
      try {
        session.rollback();
      } catch (SQLException | RuntimeException | Error e) {
        failure.addSuppressed(e);
        session.spoil();
      }
    }
  }
}
