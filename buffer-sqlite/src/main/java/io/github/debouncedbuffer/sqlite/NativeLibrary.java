// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.sqlite;

import io.github.debouncedbuffer.spi.StoreException;
import io.github.debouncedbuffer.spi.StoreException.Reason;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteJDBCLoader;

/** SQLite itself, which the driver unpacks into a temporary directory and loads from there. */
final class NativeLibrary {

  private NativeLibrary() {}

  /** Loaded on its own: on connecting, the driver says no more than "Error opening connection". */
  static void load(DatabaseFile file) {
    try {
      if (!SQLiteJDBCLoader.initialize()) {
        throw unavailable(file, null);
      }
    } catch (StoreException e) {
      throw e;
    } catch (Exception | LinkageError e) {
      throw unavailable(file, e);
    }
  }

  private static StoreException unavailable(DatabaseFile file, @Nullable Throwable cause) {
    return new StoreException(
        Reason.UNAVAILABLE,
        file
            + ": SQLite's native library cannot be loaded; the database was not touched. From JDK"
            + " 24 on start java with --enable-native-access=ALL-UNNAMED, or"
            + " --enable-native-access=org.xerial.sqlitejdbc on the module path. If the temporary"
            + " directory is missing or mounted noexec, name another one with"
            + " -Dorg.sqlite.tmpdir=<directory>",
        cause);
  }
}
