// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.postgres;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The transaction's connection as it is given to a handler's work: it runs statements, and its
 * methods cannot end the transaction or change the connection. Who does that by a statement is
 * noticed at the end, or, as with a {@code SET} of the session's, not. It is of no use after the
 * transaction.
 *
 * <p>That a statement failed is not seen here: the server refuses every later statement of the
 * transaction, the store's own included, and so nothing is committed.
 */
final class HandedConnection implements InvocationHandler {

  private static final Set<String> ALLOWED =
      Set.of(
          "createStatement",
          "prepareStatement",
          "prepareCall",
          "nativeSQL",
          "createArrayOf",
          "createBlob",
          "createClob",
          "createNClob",
          "createSQLXML",
          "createStruct",
          "setSavepoint",
          "releaseSavepoint",
          "getMetaData",
          "getAutoCommit",
          "getCatalog",
          "getClientInfo",
          "getHoldability",
          "getNetworkTimeout",
          "getSchema",
          "getTransactionIsolation",
          "getTypeMap",
          "getWarnings",
          "clearWarnings",
          "isReadOnly",
          "isValid");

  private final Connection connection;
  private final Connection proxy;
  private final Savepoint begin;
  private volatile boolean ended;
  private @Nullable SQLException lost;

  HandedConnection(Connection connection) throws SQLException {
    this.connection = connection;
    this.begin = connection.setSavepoint();
    this.proxy = proxyOf(Connection.class, this);
  }

  Connection proxy() {
    return proxy;
  }

  /** A handler may also end it by a statement, {@code COMMIT} say: then the savepoint is gone. */
  void requireSameTransaction() throws SQLException {
    connection.releaseSavepoint(begin);
  }

  /** By what the connection was lost while a statement of the work's ran; null if it was not. */
  @Nullable SQLException lost() {
    return lost;
  }

  void end() {
    ended = true;
  }

  @Override
  public @Nullable Object invoke(Object self, Method method, Object @Nullable [] arguments)
      throws Throwable {
    String name = method.getName();
    if (method.getDeclaringClass() == Object.class) {
      return ofObject(self, name, arguments, "the connection of a transaction");
    } else if (name.equals("close")) {
      return null;
    } else if (name.equals("isClosed")) {
      return ended || connection.isClosed();
    } else if (name.equals("isWrapperFor")) {
      return false;
    } else if (!ALLOWED.contains(name) && !isToSavepoint(name, arguments)) {
      throw new SQLException(name + " is the store's affair: it ends the transaction by itself");
    }
    requireOpen();
    Object result = call(connection, method, arguments);
    return result instanceof Statement statement ? handed(statement, method) : result;
  }

  private static boolean isToSavepoint(String name, Object @Nullable [] arguments) {
    return name.equals("rollback") && arguments != null && arguments[0] instanceof Savepoint;
  }

  /** So that the connection behind a statement is this one, too. */
  private Object handed(Statement statement, Method method) {
    Class<?> type = method.getReturnType();
    InvocationHandler handler =
        (self, called, arguments) -> onStatement(self, statement, called, arguments);
    if (type == CallableStatement.class) {
      return proxyOf(CallableStatement.class, handler);
    }
    return type == PreparedStatement.class
        ? proxyOf(PreparedStatement.class, handler)
        : proxyOf(Statement.class, handler);
  }

  private @Nullable Object onStatement(
      Object self, Statement statement, Method method, Object @Nullable [] arguments)
      throws Throwable {
    String name = method.getName();
    if (method.getDeclaringClass() == Object.class) {
      return ofObject(self, name, arguments, "a statement of a transaction");
    } else if (name.equals("getConnection")) {
      return proxy;
    } else if (name.equals("unwrap")) {
      throw new SQLException("the statement of a transaction cannot be unwrapped");
    } else if (!name.equals("close")) {
      requireOpen();
    }
    return call(statement, method, arguments);
  }

  private void requireOpen() throws SQLException {
    if (ended) {
      throw new SQLException("the transaction has ended, and its connection with it");
    }
  }

  private static Object ofObject(
      Object self, String name, Object @Nullable [] arguments, String text) {
    return switch (name) {
      case "equals" -> arguments != null && self == arguments[0];
      case "hashCode" -> System.identityHashCode(self);
      default -> text;
    };
  }

  private @Nullable Object call(Object target, Method method, Object @Nullable [] arguments)
      throws Throwable {
    try {
      return method.invoke(target, arguments);
    } catch (InvocationTargetException thrown) {
      Throwable cause = thrown.getTargetException();
      if (cause instanceof SQLException failed && Failures.isConnectionLost(failed)) {
        lost = failed;
      }
      throw cause;
    }
  }

  private static <T> T proxyOf(Class<T> type, InvocationHandler handler) {
    return type.cast(
        Proxy.newProxyInstance(
            HandedConnection.class.getClassLoader(), new Class<?>[] {type}, handler));
  }
}
