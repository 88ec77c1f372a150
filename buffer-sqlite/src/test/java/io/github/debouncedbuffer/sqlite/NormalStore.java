// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.sqlite;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;

/**
 * The store with {@code synchronous=NORMAL} on its writer, and nothing else changed: the setting
 * that is lowered as soon as the store has applied, and read back, its own.
 */
public final class NormalStore {

  private NormalStore() {}

  /** Opens it as {@link SqliteBufferStore#open(Path)} does. */
  public static SqliteBufferStore open(Path file) {
    return SqliteBufferStore.open(
        file, SqliteOptions.defaults(), real -> () -> lowered(real.open()));
  }

  /** The store's row is what a session prepares first, right behind the pragmas and the schema. */
  private static Connection lowered(Connection real) {
    return (Connection)
        Proxy.newProxyInstance(
            Connection.class.getClassLoader(),
            new Class<?>[] {Connection.class},
            (proxy, method, args) -> {
              if (method.getName().equals("prepareStatement") && args[0].equals(Sql.LOAD_STORE)) {
                lower(real);
              }
              try {
                return method.invoke(real, args);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  private static void lower(Connection connection) throws SQLException {
    String before = Pragmas.read(connection, "synchronous");
    Pragmas.execute(connection, "PRAGMA synchronous = NORMAL");
    String after = Pragmas.read(connection, "synchronous");
    if (!before.equals("2") || !after.equals("1")) {
      throw new IllegalStateException("synchronous went from " + before + " to " + after);
    }
  }
}
