// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.soak;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.debouncedbuffer.memory.InMemoryBufferStore;
import io.github.debouncedbuffer.proof.Proof;
import io.github.debouncedbuffer.spi.BufferStore;
import io.github.debouncedbuffer.sqlite.SqliteBufferStore;
import java.io.File;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * G15 in real time and on real threads: {@code -Dsoak.keys} come and go, and as many again, and
 * what the process takes up stays as it was. In virtual time {@code IdleIsFreeTest} shows it.
 */
@Timeout(value = 60, unit = TimeUnit.MINUTES)
class SoakTest {

  private static final int KEYS = Integer.getInteger("soak.keys", 20_000);
  private static final int WARM_UP = 5 * Soak.KEYS_A_ROUND;

  private static final long MOST_HEAP = 2L << 20;
  private static final long MOST_HANDLES = 4; // class files that the JVM is just reading
  private static final long MOST_FILE = 256L << 10;
  private static final long MOST_LOG = 48L << 20; // checkpoints begin at 40 MB

  private static void soak(String name, BufferStore store, LongSupplier file) throws Exception {
    try (Soak soak = new Soak(store)) {
      Footprint before = Footprint.of(soak.pass(WARM_UP), file.getAsLong());
      long start = System.nanoTime();
      Footprint once = Footprint.of(soak.pass(KEYS), file.getAsLong());
      Footprint twice = Footprint.of(soak.pass(KEYS), file.getAsLong());
      Proof.write(
          name,
          "%,d keys came and went, twice, in %,d s on real threads, %s:"
              + "\n  before: %s\n  once:   %s\n  twice:  %s",
          KEYS,
          TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start),
          name,
          before.inWords(),
          once.inWords(),
          twice.inWords());
      isFlat(before, once);
      isFlat(before, twice);
      assertThat(twice.file()).as("reused").isLessThanOrEqualTo(once.file() + MOST_FILE);
      assertThat(soak.unbalanced()).isZero();
    }
  }

  private static void isFlat(Footprint before, Footprint after) {
    assertThat(after.heap()).isLessThan(before.heap() + MOST_HEAP);
    assertThat(after.threads()).isLessThanOrEqualTo(before.threads());
    assertThat(after.handles()).isLessThanOrEqualTo(before.handles() + MOST_HANDLES);
    assertThat(after.file()).isLessThan(before.file() + 2 * MOST_FILE);
    assertThat(after.log()).isLessThan(MOST_LOG);
    assertThat(after.ids()).isZero();
  }

  @Test
  void G15_keysComeAndGoInMemory_nothingGrows() throws Exception {
    soak("26-soak-in-memory", new InMemoryBufferStore(), () -> 0);
  }

  @Test
  void G15_keysComeAndGoOnDisk_nothingGrows_andTheFileIsReused(@TempDir Path directory)
      throws Exception {
    File file = directory.resolve("chat.db").toFile();
    soak("27-soak-on-sqlite", SqliteBufferStore.open(file.toPath()), file::length);
  }
}
