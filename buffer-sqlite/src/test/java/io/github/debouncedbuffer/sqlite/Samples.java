// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.sqlite;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.debouncedbuffer.spi.BatchRow;
import io.github.debouncedbuffer.spi.BufferStore;
import io.github.debouncedbuffer.spi.DeadLetterRow;
import io.github.debouncedbuffer.spi.KeyRow;
import io.github.debouncedbuffer.spi.KeyState;
import io.github.debouncedbuffer.spi.MessageRange;
import io.github.debouncedbuffer.spi.NewMessage;
import io.github.debouncedbuffer.spi.PolicyRow;
import io.github.debouncedbuffer.spi.StoreTransaction;
import io.github.debouncedbuffer.spi.StoredMessage;
import io.github.debouncedbuffer.spi.WindowRow;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;

/** Rows and messages for tests. Every time has nanoseconds that a coarser column would lose. */
final class Samples {

  static final Instant T0 = Instant.parse("2026-01-02T03:04:05.123456789Z");
  static final PolicyRow POLICY =
      new PolicyRow(
          true, Duration.ofNanos(35_000_000_001L), Duration.ofSeconds(90, 7), 20, "FROM_ARRIVAL");

  private Samples() {}

  static Instant t(long seconds) {
    return T0.plusSeconds(seconds);
  }

  static KeyRow waiting(String key, Instant dueAt) {
    return new KeyRow(
        key,
        KeyState.WAITING,
        T0,
        t(1),
        dueAt,
        null,
        POLICY,
        new WindowRow(2, t(1), t(2), false),
        null,
        0);
  }

  static KeyRow running(String key) {
    return new KeyRow(
        key, KeyState.RUNNING, T0, t(1), null, t(9), POLICY, null, batch(t(3), false), 0);
  }

  static KeyRow backingOff(String key, Instant dueAt, boolean recovered) {
    return new KeyRow(
        key,
        KeyState.BACKING_OFF,
        T0,
        t(1),
        dueAt,
        null,
        POLICY,
        new WindowRow(3, t(4), t(5), true),
        batch(t(3), recovered),
        0);
  }

  static BatchRow batch(Instant since, boolean recovered) {
    return new BatchRow(11, 12, 3, 4, 99, T0, since, recovered, null);
  }

  static NewMessage message(String key, String id, String text) {
    return new NewMessage(key, id, T0, text.getBytes(UTF_8));
  }

  static DeadLetterRow letter(long id, String key) {
    return new DeadLetterRow(id, key, "attempts", "boom", 8, T0, t(50));
  }

  /** Runs changes and returns nothing. */
  static void change(BufferStore store, Consumer<StoreTransaction> work) {
    store.transact(
        transaction -> {
          work.accept(transaction);
          return true;
        });
  }

  static long append(BufferStore store, String key, String id, String text) {
    return store.transact(t -> t.append(List.of(message(key, id, text))));
  }

  static List<StoredMessage> read(BufferStore store, MessageRange range) {
    return store.transact(t -> t.read(List.of(range))).getOrDefault(range.key(), List.of());
  }

  static List<String> texts(BufferStore store, String key) {
    return read(store, MessageRange.after(key, 0)).stream()
        .map(message -> new String(message.payload(), UTF_8))
        .toList();
  }
}
