// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.benchmarks.small;

import io.github.debouncedbuffer.benchmarks.Rounds;
import io.github.debouncedbuffer.benchmarks.scale.Stores;
import io.github.debouncedbuffer.spi.BufferStore;
import io.github.debouncedbuffer.spi.StoreTransaction;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A new store in an empty folder, for as long as one iteration or one trial. */
final class StoreState {

  private static final String DISK = "benchmarks.disk";

  private @Nullable Path folder;
  private @Nullable BufferStore store;

  /** The argument that tells a JVM where its stores have their files. */
  static String onDisk(Path disk) {
    return "-D" + DISK + "=" + disk.toAbsolutePath();
  }

  BufferStore open(Stores kind) throws IOException {
    Path disk = Path.of(System.getProperty(DISK, System.getProperty("java.io.tmpdir")));
    folder = Files.createTempDirectory(disk, "jmh");
    store = kind.open(folder);
    return store;
  }

  void close() throws IOException {
    if (store != null && folder != null) {
      store.close();
      Rounds.delete(folder);
    }
  }

  static void change(BufferStore store, Consumer<StoreTransaction> work) {
    store.transact(
        transaction -> {
          work.accept(transaction);
          return true;
        });
  }
}
