// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.proof;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.debouncedbuffer.Codec;
import io.github.debouncedbuffer.DebouncedBuffer;
import io.github.debouncedbuffer.WindowPolicy;
import io.github.debouncedbuffer.memory.InMemoryBufferStore;
import io.github.debouncedbuffer.soak.Footprint;
import io.github.debouncedbuffer.spi.BufferStore;
import io.github.debouncedbuffer.spi.StoreStats;
import io.github.debouncedbuffer.sqlite.SqliteBufferStore;
import io.github.debouncedbuffer.testkit.VirtualClock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** G15: whatever number of keys has come and gone, nothing is left of them. */
class IdleIsFreeTest {

  private static final int KEYS_A_ROUND = 1_000;
  private static final Duration WINDOW = Duration.ofSeconds(35);
  private static final Duration RETENTION = Duration.ofMinutes(10);
  private static final long MOST_GROWTH = 2L << 20;
  private static final long MOST_LOG = 48L << 20;

  private long handled;

  /**
   * Lets keys come and go, and takes a measure at a fifth of the way and at its end. Ids are
   * remembered for ten minutes, so at both there are as many.
   */
  private long[] measured(BufferStore store, int rounds, LongSupplier measure) {
    VirtualClock clock = VirtualClock.at(Instant.parse("2026-01-05T09:00:00Z"));
    long[] measures = new long[2];
    try (DebouncedBuffer<String> buffer =
        DebouncedBuffer.builder(Codec.utf8())
            .store(store)
            .window(WindowPolicy.fixed(WINDOW))
            .workers(KEYS_A_ROUND)
            .idRetention(RETENTION)
            .asyncHandler(batch -> handled(batch.messages().size()))
            .clock(clock)
            .executor(clock.executor())
            .commitExecutor(clock.executor())
            .start()) {
      for (int round = 1; round <= rounds; round++) {
        for (int i = 0; i < KEYS_A_ROUND; i++) {
          String key = "wati:5037" + (round * (long) KEYS_A_ROUND + i);
          CompletionStage<?> unused = buffer.submitAsync(key, "id", "text");
        }
        clock.advance(WINDOW);
        measures[0] = round == 3 * rounds / 5 ? measure.getAsLong() : measures[0];
      }
      measures[1] = measure.getAsLong();
      StoreStats left = buffer.stats().store();
      assertThat(left.pendingMessages() + left.waitingKeys() + left.runningKeys()).isZero();
      assertThat(left.rememberedIds()).isLessThan(30L * KEYS_A_ROUND);
    }
    assertThat(handled).isEqualTo((long) rounds * KEYS_A_ROUND);
    return measures;
  }

  private CompletionStage<?> handled(int messages) {
    handled += messages;
    return CompletableFuture.completedFuture(null);
  }

  @Test
  void G15_faults51_aMillionKeysInMemory_leaveTheHeapAsItWas() {
    long[] used = measured(new InMemoryBufferStore(), 1_000, Footprint::usedHeap);
    Proof.write(
        "24-idle-in-memory",
        "1,000,000 keys came and went: heap %,d KiB after 600,000, %,d KiB after all",
        used[0] >> 10,
        used[1] >> 10);
    assertThat(used[1]).isLessThan(used[0] + MOST_GROWTH);
  }

  @Test
  void G15_aHundredThousandKeysOnDisk_leaveTheFileAsItWas(@TempDir Path directory) {
    Path file = directory.resolve("chat.db");
    long[] size = measured(SqliteBufferStore.open(file), 100, () -> size(file));
    Proof.write(
        "25-idle-on-sqlite",
        "100,000 keys came and went: file %,d KiB after 60,000, %,d KiB after all",
        size[0] >> 10,
        size[1] >> 10);
    assertThat(size[1]).isLessThan(size[0] + MOST_GROWTH);
  }

  private static long size(Path file) {
    try {
      assertThat(Files.size(Path.of(file + "-wal"))).as("checkpoints").isLessThan(MOST_LOG);
      return Files.size(file);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }
}
