// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.internal;

import static io.github.debouncedbuffer.internal.Given.FIXED;
import static io.github.debouncedbuffer.internal.Given.RETRY;
import static io.github.debouncedbuffer.internal.Given.at;
import static io.github.debouncedbuffer.internal.Given.backingOff;
import static io.github.debouncedbuffer.internal.Given.batch;
import static io.github.debouncedbuffer.internal.Given.maxBatch;
import static io.github.debouncedbuffer.internal.Given.running;
import static io.github.debouncedbuffer.internal.Given.superseded;
import static io.github.debouncedbuffer.internal.Given.waiting;
import static io.github.debouncedbuffer.internal.Given.window;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.debouncedbuffer.internal.Decision.Step;
import io.github.debouncedbuffer.spi.KeyRow;
import io.github.debouncedbuffer.spi.PolicyRow;
import io.github.debouncedbuffer.spi.WindowRow;
import org.junit.jupiter.api.Test;

/** The cells of the {@link Protocol}'s table in which a run gives way to late messages. */
class ProtocolTableSupersedeTest {

  private static final int MOST = 2;
  private static final PolicyRow ROOMY = maxBatch(FIXED, 100);

  /** Members 11 and 12 arrived at 100 and 104; 13 at 142 is late. */
  private final KeyRow waiting = waiting(FIXED, window(2, 100), 104, 135);

  private final KeyRow running = running(FIXED, null, 104, batch(9, 1, 135));
  private final KeyRow runningWithLate = running(FIXED, window(1, 142), 142, batch(9, 1, 135));
  private final KeyRow backingOff = backingOff(FIXED, window(1, 142), 142, 180, batch(9, 2, 150));

  @Test
  void superseded_whileIdle_isStale() {
    assertThat(Protocol.superseded(null, 9, MOST, RETRY, at(150)))
        .isEqualTo(keep(Step.STALE, null));
  }

  @Test
  void superseded_whileWaiting_isStale() {
    assertThat(Protocol.superseded(waiting, 9, MOST, RETRY, at(150)))
        .isEqualTo(keep(Step.STALE, waiting));
  }

  @Test
  void superseded_whileRunning_makesOneWindow_dueByTheOldestLateMessage() {
    KeyRow row = running(ROOMY, window(1, 142), 142, batch(9, 1, 135));
    WindowRow together = new WindowRow(3, at(100), at(142), false);
    assertThat(Protocol.superseded(row, 9, MOST, RETRY, at(150)))
        .isEqualTo(keep(Step.SUPERSEDED, superseded(1, waiting(ROOMY, together, 142, 177))));
  }

  @Test
  void superseded_whileRunning_withoutLateMessages_isDueNow() {
    assertThat(Protocol.superseded(running, 9, MOST, RETRY, at(150)))
        .isEqualTo(
            keep(
                Step.SUPERSEDED,
                superseded(1, waiting(FIXED, new WindowRow(2, at(100), at(150), true), 104, 150))));
  }

  @Test
  void superseded_whileRunning_withManyMessages_isFull() {
    KeyRow row = running(maxBatch(FIXED, 3), window(1, 142), 142, batch(9, 1, 135));
    assertThat(Protocol.superseded(row, 9, MOST, RETRY, at(150)).row().window().dueNow()).isTrue();
  }

  @Test
  void superseded_whileRunning_tooOftenInARow_countsAsFailed() {
    KeyRow row = superseded(MOST, runningWithLate);
    assertThat(Protocol.superseded(row, 9, MOST, RETRY, at(163)))
        .isEqualTo(Protocol.failed(row, 9, false, RETRY, at(163)));
  }

  @Test
  void superseded_whileRunning_onALaterAttempt_countsAsFailed() {
    KeyRow row = running(FIXED, window(1, 142), 142, batch(9, 2, 135));
    assertThat(Protocol.superseded(row, 9, MOST, RETRY, at(163)).step()).isEqualTo(Step.BACKED_OFF);
  }

  @Test
  void superseded_whileRunning_underAnotherToken_isStale() {
    assertThat(Protocol.superseded(running, 8, MOST, RETRY, at(150)))
        .isEqualTo(keep(Step.STALE, running));
  }

  @Test
  void superseded_whileBackingOff_isStale() {
    assertThat(Protocol.superseded(backingOff, 9, MOST, RETRY, at(150)))
        .isEqualTo(keep(Step.STALE, backingOff));
  }

  @Test
  void whateverEndsARunOtherwise_beginsTheCountAnew() {
    KeyRow row = superseded(MOST, runningWithLate);
    assertThat(Protocol.returned(row, 9, at(163)).row().supersedes()).isZero();
    KeyRow last = superseded(1, running(FIXED, window(1, 142), 142, batch(9, 3, 135)));
    assertThat(Protocol.failed(last, 9, false, RETRY, at(163)).row().supersedes()).isZero();
    assertThat(Protocol.failed(row, 9, false, RETRY, at(163)).row().supersedes()).isEqualTo(MOST);
  }

  @Test
  void superseded_whileRunning_withoutRoomForMore_countsAsFailed() {
    KeyRow full = running(maxBatch(FIXED, 2), window(1, 142), 142, batch(9, 1, 135));
    assertThat(Protocol.superseded(full, 9, MOST, RETRY, at(163)).step())
        .isEqualTo(Step.BACKED_OFF);
    assertThat(Protocol.maySupersede(full, MOST)).isFalse();
    assertThat(Protocol.maySupersede(runningWithLate, MOST)).isTrue();
  }

  private static Decision keep(Step step, KeyRow row) {
    return new Decision(step, row, null);
  }
}
