// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.postgres;

import static io.github.debouncedbuffer.postgres.Proxies.call;
import static io.github.debouncedbuffer.postgres.Proxies.preparesCommit;
import static io.github.debouncedbuffer.postgres.Proxies.proxy;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import java.util.Set;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * As a pooler in transaction mode: each transaction of a connection runs in another session of the
 * server, in which nothing is left of the one before.
 */
final class Roaming {

  private static final Set<String> ENDS = Set.of("commit", "rollback");

  private final DataSource server;
  private final Deque<Connection> sessions = new ArrayDeque<>();

  Roaming(DataSource server) {
    this.server = server;
  }

  DataSource source() {
    return proxy(
        DataSource.class,
        (self, method, arguments) -> {
          if (method.getName().equals("getConnection")) {
            return proxy(Connection.class, new Wanderer());
          }
          return call(server, method, arguments);
        });
  }

  private synchronized Connection take() throws SQLException {
    Connection session = sessions.size() < 2 ? server.getConnection() : sessions.removeFirst();
    session.setAutoCommit(false);
    return session;
  }

  private synchronized void give(Connection session) throws SQLException {
    session.setAutoCommit(true);
    try (Statement discard = session.createStatement()) {
      discard.execute("DISCARD ALL");
    }
    sessions.addLast(session);
  }

  synchronized void close() throws SQLException {
    for (Connection session : sessions) {
      session.close();
    }
    sessions.clear();
  }

  /** A connection that has a session only while it has a transaction. */
  private final class Wanderer implements InvocationHandler {

    private @Nullable Connection session;

    @Override
    public Object invoke(Object self, Method method, Object[] arguments) throws Throwable {
      String name = method.getName();
      if (name.equals("close") || name.equals("abort")) {
        if (session != null) {
          session.close();
          session = null;
        }
        return null;
      }
      if (session == null) {
        session = take();
      }
      Object result = call(session, method, arguments);
      if (ENDS.contains(name) && arguments == null) {
        end();
      }
      return preparesCommit(method, arguments) ? committing((PreparedStatement) result) : result;
    }

    private void end() throws SQLException {
      give(Objects.requireNonNull(session));
      session = null;
    }

    /** A commit may come with other statements: if it has run, its transaction is over. */
    private PreparedStatement committing(PreparedStatement real) {
      boolean[] committed = new boolean[1];
      return proxy(
          PreparedStatement.class,
          (self, method, arguments) -> {
            Object result = call(real, method, arguments);
            committed[0] |= method.getName().equals("execute");
            if (committed[0] && method.getName().equals("close")) {
              end();
            }
            return result;
          });
    }
  }
}
