// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.benchmarks.small;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.debouncedbuffer.spi.KeyRow;
import io.github.debouncedbuffer.spi.KeyState;
import io.github.debouncedbuffer.spi.NewMessage;
import io.github.debouncedbuffer.spi.PolicyRow;
import io.github.debouncedbuffer.spi.WindowRow;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;

/** Messages of 120 bytes and the rows of their keys, five messages to a key. */
final class Samples {

  static final Instant T0 = Instant.parse("2026-01-02T03:04:05.123456789Z");
  static final String TEXT = "x".repeat(120);

  private static final Duration WAIT = Duration.ofSeconds(35);
  private static final PolicyRow POLICY = new PolicyRow(false, WAIT, WAIT, 100, "FROM_ARRIVAL");
  private static final byte[] PAYLOAD = TEXT.getBytes(UTF_8);
  private static final int PER_KEY = 5;

  private Samples() {}

  static String key(int number) {
    return "wati:5037000" + number;
  }

  static List<NewMessage> messages(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> new NewMessage(key(i / PER_KEY), null, T0, PAYLOAD))
        .toList();
  }

  static List<KeyRow> rowsOf(List<NewMessage> messages) {
    return messages.stream()
        .map(NewMessage::key)
        .distinct()
        .map(key -> waiting(key, T0.plus(WAIT)))
        .toList();
  }

  /** A second apart, all due after T0. */
  static List<KeyRow> waiting(int keys) {
    return IntStream.range(0, keys).mapToObj(i -> waiting(key(i), T0.plusSeconds(i))).toList();
  }

  private static KeyRow waiting(String key, Instant dueAt) {
    WindowRow window = new WindowRow(PER_KEY, T0, T0, false);
    return new KeyRow(key, KeyState.WAITING, T0, T0, dueAt, null, POLICY, window, null, 0);
  }
}
