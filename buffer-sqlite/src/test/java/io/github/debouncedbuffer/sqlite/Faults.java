// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.sqlite;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** A connector whose connections fail where they are told to, before or after the real thing. */
final class Faults implements UnaryOperator<Connector> {

  /** Matches the opening of a connection. */
  static final String OPEN = "open";

  private final List<Fault> armed = new ArrayList<>();
  private final List<String> onOpen = new ArrayList<>();
  private int opened;
  private int closed;
  private Connection current;

  private record Fault(String sql, boolean after, boolean once, Throwable failure) {}

  void before(String sql, SQLiteErrorCode code) {
    armed.add(new Fault(sql, false, true, injected(code)));
  }

  void after(String sql, SQLiteErrorCode code) {
    after(sql, injected(code));
  }

  void after(String sql, Throwable failure) {
    armed.add(new Fault(sql, true, true, failure));
  }

  void always(String sql, SQLiteErrorCode code) {
    armed.add(new Fault(sql, false, false, injected(code)));
  }

  private static SQLiteException injected(SQLiteErrorCode code) {
    return new SQLiteException("injected", code);
  }

  /** SQL that each new connection runs first. */
  void onOpen(String sql) {
    onOpen.add(sql);
  }

  void clear() {
    armed.clear();
    onOpen.clear();
  }

  /** How many connections were opened so far. */
  int opened() {
    return opened;
  }

  /** Asks the connection that was opened last. */
  String ask(String query) {
    try {
      return Pragmas.single(current, query);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  int closed() {
    return closed;
  }

  @Override
  public Connector apply(Connector real) {
    return () -> {
      opening();
      Connection connection = real.open();
      opened++;
      current = connection;
      for (String sql : onOpen) {
        Pragmas.execute(connection, sql);
      }
      return proxy(Connection.class, connection, this::onConnection);
    };
  }

  private void opening() throws SQLException {
    try {
      strike(OPEN, false);
    } catch (SQLException e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  private void strike(String sql, boolean after) throws Throwable {
    for (Fault fault : List.copyOf(armed)) {
      if (fault.sql().equals(sql) && fault.after() == after) {
        if (fault.once()) {
          armed.remove(fault);
        }
        throw fault.failure();
      }
    }
  }

  private Object onConnection(Call call, Method method, Object[] args) throws Throwable {
    Object result = call.go();
    return switch (method.getName()) {
      case "close" -> {
        closed++;
        yield result;
      }
      case "prepareStatement" ->
          proxy(
              PreparedStatement.class,
              (PreparedStatement) result,
              (c, m, a) ->
                  m.getName().startsWith("execute") ? struck(c, (String) args[0]) : c.go());
      default -> result;
    };
  }

  private Object struck(Call call, String sql) throws Throwable {
    strike(sql, false);
    Object result = call.go();
    strike(sql, true);
    return result;
  }

  /** The real call. */
  private interface Call {
    Object go() throws Throwable;
  }

  private interface Around {
    Object call(Call call, Method method, Object[] args) throws Throwable;
  }

  private static <T> T proxy(Class<T> type, T real, Around around) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, args) -> around.call(() -> invoke(real, method, args), method, args)));
  }

  private static Object invoke(Object real, Method method, Object[] args) throws Throwable {
    try {
      return method.invoke(real, args);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }
}
