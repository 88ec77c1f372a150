// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.postgres;

import io.github.debouncedbuffer.spi.StoreException;
import io.github.debouncedbuffer.spi.StoreException.Reason;
import java.sql.SQLException;
import java.util.BitSet;
import java.util.HashSet;
import java.util.Set;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * The connections that transactions run on. The one of slot 0 is held across transactions, and
 * replaced when it was spoiled; who comes while it is taken gets one from the data source for one
 * transaction. Thread-safe.
 */
final class Sessions {

  private static final String STORE_ID = "SELECT store_id FROM {schema}.store";

  private final DataSource source;
  private final PostgresOptions options;
  private final String storeId;
  private final BitSet taken = new BitSet();
  private final Set<Session> out = new HashSet<>();
  private @Nullable Session held;

  Sessions(DataSource source, PostgresOptions options, String storeId, Session held) {
    this.source = source;
    this.options = options;
    this.storeId = storeId;
    this.held = held;
  }

  String storeId() {
    return storeId;
  }

  /** For one transaction at a time; {@link #give} takes it back. */
  Session take() throws SQLException {
    int slot;
    Session session;
    synchronized (this) {
      slot = taken.nextClearBit(0);
      taken.set(slot);
      session = slot == 0 ? held : null;
    }
    boolean connected = false;
    try {
      session = session == null ? connect(slot) : session;
      connected = true;
      out(session);
      return session;
    } finally {
      if (!connected) {
        free(slot);
      }
    }
  }

  private synchronized void out(Session session) {
    out.add(session);
  }

  /** What runs now fails, unless it waits for something else than the server. */
  synchronized void abort() {
    out.forEach(Session::abort);
  }

  /** A connection of its own, apart from those that are taken. */
  Session connect(int slot) throws SQLException {
    Session session = Session.connect(source, options, slot);
    boolean same = false;
    try {
      same = storeId.equals(session.statements().single(STORE_ID, p -> {}, Cursor::text));
      session.rollback();
    } finally {
      if (!same) {
        session.spoil();
      }
    }
    if (!same) {
      throw new StoreException(
          Reason.UNAVAILABLE,
          "PostgreSQL: the schema "
              + options.schema()
              + " holds another store than when it was opened; nothing was stored. See where the"
              + " data source leads to");
    }
    return session;
  }

  void give(Session session) {
    boolean keeps = session.slot() == 0 && !session.isSpoiled();
    if (!keeps) {
      session.close();
    }
    synchronized (this) {
      out.remove(session);
      held = session.slot() == 0 ? (keeps ? session : null) : held;
    }
    free(session.slot());
  }

  private synchronized void free(int slot) {
    taken.clear(slot);
  }

  /** Nothing is taken any more. What is still held is the caller's, who closes it. */
  synchronized @Nullable Session end() {
    Session last = held;
    held = null;
    return last;
  }
}
