// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.sqlite;

import static io.github.debouncedbuffer.sqlite.Samples.POLICY;
import static io.github.debouncedbuffer.sqlite.Samples.T0;
import static io.github.debouncedbuffer.sqlite.Samples.backingOff;
import static io.github.debouncedbuffer.sqlite.Samples.batch;
import static io.github.debouncedbuffer.sqlite.Samples.change;
import static io.github.debouncedbuffer.sqlite.Samples.running;
import static io.github.debouncedbuffer.sqlite.Samples.t;
import static io.github.debouncedbuffer.sqlite.Samples.waiting;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.debouncedbuffer.index.Nanos;
import io.github.debouncedbuffer.spi.KeyRow;
import io.github.debouncedbuffer.spi.KeyState;
import io.github.debouncedbuffer.spi.PolicyRow;
import io.github.debouncedbuffer.spi.WindowRow;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** S2, S3, S4, S9, S10. If one fails, look at {@link KeyTable} and its statements. */
class KeyRowTest extends StoreTest {

  private static final KeyRow LATE_BEHIND_A_RUN =
      new KeyRow(
          "k",
          KeyState.RUNNING,
          T0,
          t(6),
          null,
          t(70),
          new PolicyRow(false, Duration.ofNanos(1), Duration.ofDays(30), 1, "IMMEDIATELY"),
          new WindowRow(Integer.MAX_VALUE, Instant.EPOCH, Instant.ofEpochSecond(-1, 1), true),
          batch(Nanos.LAST, true),
          0);

  static List<KeyRow> samples() {
    return List.of(
        waiting("k", t(35)),
        waiting("k", Instant.EPOCH.minusNanos(1)),
        running("k"),
        LATE_BEHIND_A_RUN,
        backingOff("k", t(40), false),
        backingOff("k", t(41), true));
  }

  @ParameterizedTest
  @MethodSource("samples")
  void S9_row_readsBackEqual(KeyRow row) {
    change(store, t -> t.save(List.of(row)));
    assertThat(rows("k")).isEqualTo(Map.of("k", row));
    reopen();
    assertThat(rows("k")).isEqualTo(Map.of("k", row));
  }

  @Test
  void S9_save_replacesTheWholeRow() {
    for (KeyRow row : samples()) {
      change(store, t -> t.save(List.of(row)));
      assertThat(rows("k")).isEqualTo(Map.of("k", row));
    }
  }

  @Test
  void S9_remove_leavesNothing_andAbsentRowsAreNoError() {
    change(store, t -> t.save(List.of(waiting("a", t(1)), waiting("b", t(2)))));
    change(store, t -> t.remove(List.of("a", "never")));
    assertThat(rows("a", "b", "never")).containsOnlyKeys("b");
    change(store, t -> t.remove(List.of("b")));
    assertThat(nextDue(true)).isEmpty();
  }

  @Test
  void S2_lock_loadsExactlyTheKeysAskedFor() {
    change(store, t -> t.save(List.of(waiting("a", t(1)), waiting("b", t(2)))));
    assertThat(rows("a", "c")).containsOnlyKeys("a");
    assertThat(rows()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "K",
        "k ",
        " k",
        "\u00e9",
        "e\u0301",
        "'; DROP TABLE keys; --",
        "a\nb",
        "\u001b[31m",
        "😀",
        "%",
        "_",
        "\"",
        "?1"
      })
  void faults44_faults45_strangeKeys_areDistinctAndKeptAsTheyAre(String strange) {
    change(store, t -> t.save(List.of(waiting("k", t(1)), waiting(strange, t(2)))));
    assertThat(rows("k", strange))
        .isEqualTo(Map.of("k", waiting("k", t(1)), strange, waiting(strange, t(2))));
  }

  @Test
  void S3_lockDue_isInclusive_earliestFirst_andLimited() {
    change(
        store,
        t ->
            t.save(
                List.of(
                    waiting("c", t(3)),
                    waiting("a", t(5).plusNanos(1)),
                    backingOff("b", t(4), false),
                    waiting("d", t(5)),
                    running("r"))));
    assertThat(due(t(5), 10, true)).containsExactly("c", "b", "d");
    assertThat(due(t(5), 2, true)).containsExactly("c", "b");
    assertThat(due(t(3).minusNanos(1), 10, true)).isEmpty();
    assertThat(due(Instant.MAX, 10, true)).containsExactly("c", "b", "d", "a");
  }

  @Test
  void S3_lockDue_equalOnesComeInAFixedOrder() {
    change(store, t -> t.save(List.of(waiting("b", t(1)), waiting("a", t(1)))));
    assertThat(due(t(1), 1, true)).containsExactly("a");
    assertThat(due(t(1), 2, true)).containsExactly("a", "b");
  }

  @Test
  void S3_S10_recoveredBatches_areLeftOutUnlessWanted() {
    change(
        store,
        t ->
            t.save(
                List.of(
                    backingOff("crashed", t(1), true),
                    backingOff("failed", t(2), false),
                    waiting("w", t(3)))));
    assertThat(due(t(9), 10, false)).containsExactly("failed", "w");
    assertThat(due(t(9), 10, true)).containsExactly("crashed", "failed", "w");
    assertThat(nextDue(false)).contains(t(2));
    assertThat(nextDue(true)).contains(t(1));
  }

  @Test
  void S10_nextDue_ignoresRowsWithoutADueTime() {
    change(store, t -> t.save(List.of(running("r"))));
    assertThat(nextDue(true)).isEmpty();
  }

  @Test
  void S4_recovery_findsRunningRows_andThoseOfAClockAhead() {
    KeyRow windowAhead =
        new KeyRow(
            "window",
            KeyState.WAITING,
            T0,
            t(1),
            t(99),
            null,
            POLICY,
            new WindowRow(1, t(1), t(6), false),
            null,
            0);
    KeyRow batchAhead =
        new KeyRow(
            "batch",
            KeyState.BACKING_OFF,
            T0,
            t(1),
            t(99),
            null,
            POLICY,
            null,
            batch(t(5).plusNanos(1), false),
            0);
    change(
        store,
        t ->
            t.save(
                List.of(
                    windowAhead,
                    batchAhead,
                    running("running"),
                    waiting("fine", t(99)),
                    backingOff("fine too", t(99), false))));
    assertThat(toRecover(10))
        .containsExactlyInAnyOrder(windowAhead, batchAhead, running("running"));
    assertThat(toRecover(2)).hasSize(2);
  }

  @Test
  void S4_recovery_endsWhenEveryRowIsDecided() {
    change(store, t -> t.save(IntStream.range(0, 25).mapToObj(i -> running("k" + i)).toList()));
    reopen();
    int rounds = 0;
    for (List<KeyRow> some = toRecover(10); !some.isEmpty(); some = toRecover(10)) {
      rounds++;
      List<KeyRow> decided = some.stream().map(row -> backingOff(row.key(), t(1), true)).toList();
      change(store, t -> t.save(decided));
    }
    assertThat(rounds).isEqualTo(3);
    assertThat(due(t(1), 100, true)).hasSize(25);
  }

  private List<KeyRow> toRecover(int limit) {
    return store.transact(t -> t.lockForRecovery(t(5), limit));
  }

  private List<String> due(Instant now, int limit, boolean recoveredToo) {
    return store.transact(t -> t.lockDue(now, limit, recoveredToo)).stream()
        .map(KeyRow::key)
        .toList();
  }
}
