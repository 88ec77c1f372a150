// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.index;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.debouncedbuffer.spi.BatchRow;
import io.github.debouncedbuffer.spi.KeyRow;
import io.github.debouncedbuffer.spi.KeyState;
import io.github.debouncedbuffer.spi.PolicyRow;
import io.github.debouncedbuffer.spi.WindowRow;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What is written of a row if nothing but its count differs depends on nothing else differing. */
class RowChangeTest {

  private static final Instant T0 = Instant.parse("2026-01-02T03:04:05Z");
  private static final Instant T1 = T0.plusSeconds(1);
  private static final PolicyRow POLICY = policy(20);
  private static final WindowRow WINDOW = new WindowRow(3, T0, T0, false);
  private static final BatchRow BATCH = batch(1);
  private static final KeyRow ROW =
      new KeyRow("k", KeyState.BACKING_OFF, T0, T0, T1, null, POLICY, WINDOW, BATCH, 0);

  private static PolicyRow policy(int maxBatch) {
    return new PolicyRow(false, Duration.ofSeconds(1), Duration.ofSeconds(2), maxBatch, "X");
  }

  private static BatchRow batch(int attempt) {
    return new BatchRow(1, 1, attempt, 2, 2, T0, T0, false, null);
  }

  private static KeyRow with(
      Instant started, Instant arrival, Instant due, PolicyRow policy, @Nullable WindowRow window) {
    return new KeyRow(
        "k", KeyState.BACKING_OFF, started, arrival, due, null, policy, window, BATCH, 0);
  }

  @Test
  void moreMessages_andALaterArrival_areACountOnly() {
    WindowRow more = new WindowRow(4, T0, T0, false);
    assertThat(RowChange.isCountOnly(ROW, ROW)).isTrue();
    assertThat(RowChange.isCountOnly(ROW, with(T0, T1, T1, POLICY, more))).isTrue();
  }

  @Test
  void anythingElse_isMore() {
    List<KeyRow> others =
        List.of(
            with(T1, T0, T1, POLICY, WINDOW),
            with(T0, T0, T0, POLICY, WINDOW),
            with(T0, T0, T1, policy(21), WINDOW),
            with(T0, T0, T1, POLICY, null),
            with(T0, T0, T1, POLICY, new WindowRow(3, T1, T0, false)),
            with(T0, T0, T1, POLICY, new WindowRow(3, T0, T1, false)),
            with(T0, T0, T1, POLICY, new WindowRow(3, T0, T0, true)),
            new KeyRow("k", KeyState.BACKING_OFF, T0, T0, T1, T1, POLICY, WINDOW, BATCH, 0),
            new KeyRow("k", KeyState.BACKING_OFF, T0, T0, T1, null, POLICY, WINDOW, BATCH, 1),
            new KeyRow("k", KeyState.BACKING_OFF, T0, T0, T1, null, POLICY, WINDOW, batch(2), 0),
            new KeyRow("k", KeyState.WAITING, T0, T0, T1, null, POLICY, WINDOW, null, 0));
    assertThat(others)
        .allSatisfy(
            other -> {
              assertThat(RowChange.isCountOnly(ROW, other)).isFalse();
              assertThat(RowChange.isCountOnly(other, ROW)).isFalse();
            });
  }

  @Test
  void theFirstLateMessage_isMore() {
    KeyRow none = with(T0, T0, T1, POLICY, null);
    assertThat(RowChange.isCountOnly(none, with(T0, T1, T1, POLICY, WINDOW))).isFalse();
  }
}
