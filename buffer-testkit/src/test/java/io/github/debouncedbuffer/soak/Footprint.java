// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.soak;

import com.sun.management.UnixOperatingSystemMXBean;
import io.github.debouncedbuffer.spi.StoreStats;
import java.lang.management.ManagementFactory;
import java.lang.management.OperatingSystemMXBean;

/**
 * What this process and its store take up at an instant.
 *
 * @param heap bytes in use after a garbage collection
 * @param threads live ones
 * @param handles open files; 0 where the system does not say
 * @param file bytes of the database file
 * @param log bytes of the write-ahead log
 * @param ids remembered message ids
 */
public record Footprint(long heap, int threads, long handles, long file, long log, long ids) {

  static Footprint of(StoreStats store, long file) {
    int threads = ManagementFactory.getThreadMXBean().getThreadCount();
    return new Footprint(
        usedHeap(), threads, openHandles(), file, store.logBytes(), store.rememberedIds());
  }

  /** Bytes in use after a garbage collection. */
  public static long usedHeap() {
    for (int i = 0; i < 3; i++) {
      System.gc();
    }
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }

  private static long openHandles() {
    OperatingSystemMXBean system = ManagementFactory.getOperatingSystemMXBean();
    return system instanceof UnixOperatingSystemMXBean unix ? unix.getOpenFileDescriptorCount() : 0;
  }

  String inWords() {
    return "heap %,d KiB, %d threads, %d handles, file %,d KiB, log %,d KiB, %d ids"
        .formatted(heap >> 10, threads, handles, file >> 10, log >> 10, ids);
  }
}
