// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.testkit.contract;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.debouncedbuffer.spi.BatchRow;
import io.github.debouncedbuffer.spi.DeadLetterRow;
import io.github.debouncedbuffer.spi.KeyRow;
import io.github.debouncedbuffer.spi.KeyState;
import io.github.debouncedbuffer.spi.MessageId;
import io.github.debouncedbuffer.spi.MessageRange;
import io.github.debouncedbuffer.spi.NewMessage;
import io.github.debouncedbuffer.spi.PolicyRow;
import io.github.debouncedbuffer.spi.WindowRow;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rows and messages to store. Every time has nanoseconds, which a coarser column would lose. */
final class Samples {

  private static final Instant T0 = Instant.parse("2026-01-02T03:04:05.123456789Z");

  static final PolicyRow QUIET =
      new PolicyRow(
          true, Duration.ofNanos(35_000_000_001L), Duration.ofSeconds(90, 7), 20, "FROM_ARRIVAL");
  static final PolicyRow FIXED =
      new PolicyRow(false, Duration.ofNanos(1), Duration.ofDays(30), 1, "IMMEDIATELY");

  private Samples() {}

  static Instant at(long seconds) {
    return T0.plusSeconds(seconds);
  }

  static KeyRow waiting(String key, long dueAt) {
    return waiting(key, at(dueAt), at(0));
  }

  static KeyRow waiting(String key, Instant dueAt, Instant countsFrom) {
    return waiting(key, dueAt, new WindowRow(1, at(0), countsFrom, false));
  }

  static KeyRow waiting(String key, Instant dueAt, WindowRow window) {
    return new KeyRow(key, KeyState.WAITING, at(0), at(0), dueAt, null, QUIET, window, null, 0);
  }

  static KeyRow running(String key) {
    return new KeyRow(
        key, KeyState.RUNNING, at(0), at(0), null, null, QUIET, null, batch(at(0), false), 0);
  }

  static KeyRow leased(String key, Instant until) {
    return leased(key, batch(at(0), false), until);
  }

  static KeyRow leased(String key, BatchRow b, Instant until) {
    BatchRow leased =
        new BatchRow(
            b.id(),
            b.token(),
            b.attempt(),
            b.messages(),
            b.throughSequence(),
            b.openedAt(),
            b.since(),
            b.recovered(),
            until);
    return new KeyRow(key, KeyState.RUNNING, at(0), at(0), null, null, QUIET, null, leased, 0);
  }

  static KeyRow backingOff(String key, long dueAt, boolean recovered) {
    return backingOff(key, at(dueAt), batch(at(0), recovered));
  }

  static KeyRow backingOff(String key, Instant dueAt, BatchRow batch) {
    return new KeyRow(key, KeyState.BACKING_OFF, at(0), at(0), dueAt, null, QUIET, null, batch, 0);
  }

  static BatchRow batch(Instant since, boolean recovered) {
    return new BatchRow(11, 12, 3, 4, 99, at(0), since, recovered, null);
  }

  /** A row for each state, with and without each part that the state leaves open. */
  static List<KeyRow> everyShape(String key) {
    List<KeyRow> rows = new ArrayList<>();
    var late = new WindowRow(3, at(4), at(5).plusNanos(1), true);
    for (@Nullable Instant extended : new @Nullable Instant[] {null, at(70).minusNanos(1)}) {
      rows.add(row(key, KeyState.WAITING, at(35), extended, late, null));
      for (boolean recovered : new boolean[] {false, true}) {
        for (@Nullable WindowRow window : new @Nullable WindowRow[] {null, late}) {
          var batch = batch(at(3), recovered);
          rows.add(row(key, KeyState.RUNNING, null, extended, window, batch));
          rows.add(row(key, KeyState.BACKING_OFF, at(40), extended, window, batch));
        }
      }
    }
    rows.add(outermost(key));
    rows.add(new KeyRow(key, KeyState.WAITING, at(0), at(1), at(35), null, QUIET, late, null, 2));
    rows.add(
        new KeyRow(key, KeyState.RUNNING, at(0), at(1), null, null, QUIET, null, erased(at(3)), 1));
    return rows;
  }

  /** Its messages were erased while it runs. */
  private static BatchRow erased(Instant since) {
    return new BatchRow(11, 12, 1, 0, 99, at(0), since, false, null);
  }

  /** The values at the ends of their ranges. */
  private static KeyRow outermost(String key) {
    Instant before1970 = Instant.ofEpochSecond(-1, 1);
    Instant far = Instant.parse("2200-12-31T23:59:59.999999999Z");
    return new KeyRow(
        key,
        KeyState.BACKING_OFF,
        before1970,
        Instant.EPOCH,
        far,
        Instant.EPOCH.minusNanos(1),
        FIXED,
        new WindowRow(Integer.MAX_VALUE, before1970, far, false),
        new BatchRow(
            Long.MAX_VALUE,
            Long.MAX_VALUE - 1,
            Integer.MAX_VALUE,
            Integer.MAX_VALUE - 1,
            Long.MAX_VALUE - 2,
            Instant.EPOCH,
            before1970,
            true,
            null),
        Integer.MAX_VALUE);
  }

  private static KeyRow row(
      String key,
      KeyState state,
      @Nullable Instant dueAt,
      @Nullable Instant extendedUntil,
      @Nullable WindowRow window,
      @Nullable BatchRow batch) {
    return new KeyRow(key, state, at(0), at(1), dueAt, extendedUntil, QUIET, window, batch, 0);
  }

  /** The n-th message of a test arrives at second n. */
  static NewMessage message(String key, @Nullable String id, String text, long arrivedAt) {
    return new NewMessage(key, id, at(arrivedAt), text.getBytes(UTF_8));
  }

  static NewMessage message(String key, String text) {
    return message(key, null, text, 0);
  }

  /** The id is the text, too. */
  static NewMessage withId(String key, String id) {
    return message(key, id, id, 0);
  }

  static MessageId id(String key, String id) {
    return new MessageId(key, id);
  }

  static MessageRange all(String key) {
    return MessageRange.after(key, 0);
  }

  static DeadLetterRow letter(long id, String key) {
    return new DeadLetterRow(id, key, "failed", "boom", 8, at(0), at(50));
  }

  /** 1 to 512 bytes each; no two are the same, however much they look it. */
  static List<String> oddKeys() {
    return List.of(
        "k",
        "K",
        "k ",
        " k",
        "kk",
        "\u00e9",
        "e\u0301",
        "\u00df",
        "ss",
        "'",
        "\"",
        "'; DROP TABLE keys; --",
        "a\nb",
        "a\r\nb",
        "a\tb",
        "\u001b[31m",
        "\uD83D\uDE00",
        "\uD83D\uDE01",
        "%",
        "_",
        "?1",
        "\\",
        "../k",
        "null",
        "0",
        "00",
        "\uFFFF",
        "k".repeat(512),
        "k".repeat(511) + "l",
        "\uD83D\uDE00".repeat(128));
  }
}
