// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.postgres;

import io.github.debouncedbuffer.spi.StoreException;
import io.github.debouncedbuffer.spi.StoreException.Reason;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds out what became of a commit that was not answered. The server may still be busy with what
 * was sent with it, or get it only now. But the transaction holds a lock of its own from its first
 * round trip, which was answered, to its end: so whoever takes that lock, and reads the marker
 * then, knows whether it was committed, and that it does not come later.
 */
final class Outcomes {

  private static final Logger LOG = LoggerFactory.getLogger(Outcomes.class);
  private static final Duration PAUSE = Duration.ofMillis(100);

  private final Node node;
  private final Sessions sessions;

  Outcomes(Node node, Sessions sessions) {
    this.node = node;
    this.sessions = sessions;
  }

  /** Returns if the transaction is committed, and throws if it is not, or nobody can say. */
  void resolve(int slot, long marker, SQLException failure) {
    if (lastMarker(slot, marker, failure) != marker) {
      throw Failures.of(failure);
    }
    Exception cause = Failures.withoutDetails(failure);
    LOG.warn("PostgreSQL: a commit reported a failure, but it is stored; going on", cause);
  }

  private long lastMarker(int slot, long marker, SQLException failure) {
    long deadline = System.nanoTime() + node.options().socketTimeout().toNanos();
    Exception last;
    do {
      try {
        return lastMarker(slot, marker);
      } catch (SQLException | StoreException e) {
        last = e;
      }
      LockSupport.parkNanos(PAUSE.toNanos());
    } while (System.nanoTime() < deadline);
    Exception cause = Failures.withoutDetails(failure);
    cause.addSuppressed(Failures.withoutDetails(last));
    throw new StoreException(
        Reason.OUTCOME_UNKNOWN,
        "PostgreSQL: a commit was not answered, and the database cannot be asked whether it took"
            + " effect. Submitting again with the same message id is safe",
        cause);
  }

  private long lastMarker(int slot, long marker) throws SQLException {
    try (Session session = sessions.connect(slot)) {
      try {
        long found = node.table().lastMarker(session.statements(), slot, marker);
        session.rollback();
        return found;
      } catch (SQLException e) {
        session.spoil();
        throw e;
      }
    }
  }
}
