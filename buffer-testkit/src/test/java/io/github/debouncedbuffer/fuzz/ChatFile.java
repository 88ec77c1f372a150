// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.fuzz;

import io.github.debouncedbuffer.Batch;
import io.github.debouncedbuffer.Codec;
import io.github.debouncedbuffer.DebouncedBuffer;
import io.github.debouncedbuffer.DebouncedBufferBuilder;
import io.github.debouncedbuffer.RetryPolicy;
import io.github.debouncedbuffer.WindowPolicy;
import io.github.debouncedbuffer.spi.BufferStore;
import io.github.debouncedbuffer.sqlite.SqliteBufferStore;
import io.github.debouncedbuffer.testkit.VirtualClock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * The file of a process that was killed while it had keys in each state and a dead letter; what is
 * altered is of {@link #VICTIMS}.
 */
final class ChatFile {

  static final Instant KILLED_AT = Instant.parse("2026-01-05T09:00:26Z");

  private static final String DEAD = "wati:50370000002";
  private static final String RUNNING = "wati:50370000003";
  private static final String BACKING_OFF = "wati:50370000004";
  private static final String WAITING = "wati:50370000005";

  /** In this order, so that the victims come first wherever keys are sorted. */
  static final List<String> OTHERS = List.of("wati:50370000006", "wati:50370000007");

  static final List<String> VICTIMS = List.of(DEAD, RUNNING, BACKING_OFF, WAITING);

  private ChatFile() {}

  /** Makes it, once, and returns its bytes. */
  static byte[] bytes() {
    try (Fresh fresh = Fresh.folder()) {
      Path copy = fresh.file().resolveSibling("copy.db");
      played(fresh.file(), copy);
      try (Connection log = connect(copy)) {
        log.createStatement().execute("PRAGMA wal_checkpoint(TRUNCATE)");
      }
      return Files.readAllBytes(copy);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    } catch (SQLException failed) {
      throw new IllegalStateException(failed);
    }
  }

  private static void played(Path file, Path copy) throws IOException {
    VirtualClock clock = VirtualClock.at(KILLED_AT.minusSeconds(26));
    try (DebouncedBuffer<String> buffer =
        builder(SqliteBufferStore.open(file), clock).asyncHandler(ChatFile::handle).start()) {
      submit(buffer, DEAD);
      clock.advance(Duration.ofSeconds(20));
      submit(buffer, RUNNING);
      submit(buffer, BACKING_OFF);
      clock.advance(Duration.ofSeconds(5));
      submit(buffer, RUNNING);
      submit(buffer, WAITING);
      OTHERS.forEach(key -> submit(buffer, key));
      clock.advance(Duration.ofSeconds(1));
      Files.copy(file, copy);
      Files.copy(Path.of(file + "-wal"), Path.of(copy + "-wal"));
    }
  }

  private static void submit(DebouncedBuffer<String> buffer, String key) {
    buffer.submit(key, "first", payload(key, 1));
    buffer.submit(key, payload(key, 2));
  }

  static String payload(String key, int number) {
    return key + " says " + number;
  }

  private static CompletionStage<?> handle(Batch<String> batch) {
    return batch.key().equals(RUNNING)
        ? new CompletableFuture<>()
        : CompletableFuture.failedFuture(new IllegalStateException("planned"));
  }

  static DebouncedBufferBuilder<String> builder(BufferStore store, VirtualClock clock) {
    return builder(Codec.utf8(), store, clock);
  }

  static DebouncedBufferBuilder<String> builder(
      Codec<String> codec, BufferStore store, VirtualClock clock) {
    return DebouncedBuffer.builder(codec)
        .store(store)
        .window(WindowPolicy.fixed(Duration.ofSeconds(5)))
        .retry(
            RetryPolicy.DEFAULT
                .maxAttempts(2)
                .backoff(Duration.ofSeconds(5), Duration.ofSeconds(60))
                .jitter(0))
        .clock(clock)
        .closeTimeout(Duration.ofSeconds(1))
        .executor(clock.executor())
        .commitExecutor(clock.executor());
  }

  static Connection connect(Path file) throws SQLException {
    return DriverManager.getConnection("jdbc:sqlite:" + file);
  }
}
