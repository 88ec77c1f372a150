// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.internal;

import static io.github.debouncedbuffer.internal.Decision.keep;
import static io.github.debouncedbuffer.internal.Given.FIXED;
import static io.github.debouncedbuffer.internal.Given.KEY;
import static io.github.debouncedbuffer.internal.Given.RETRY;
import static io.github.debouncedbuffer.internal.Given.at;
import static io.github.debouncedbuffer.internal.Given.backingOff;
import static io.github.debouncedbuffer.internal.Given.batch;
import static io.github.debouncedbuffer.internal.Given.messages;
import static io.github.debouncedbuffer.internal.Given.recovered;
import static io.github.debouncedbuffer.internal.Given.running;
import static io.github.debouncedbuffer.internal.Given.waiting;
import static io.github.debouncedbuffer.internal.Given.window;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.debouncedbuffer.internal.Decision.Step;
import io.github.debouncedbuffer.spi.BatchRow;
import io.github.debouncedbuffer.spi.KeyRow;
import io.github.debouncedbuffer.spi.MessageRange;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/**
 * The cells of the {@link Protocol}'s table that nodes need: how a claim gets its lease, holds by
 * it, and is taken over when it is over. The batch was claimed at 135 under token 9.
 */
class ProtocolTableLeaseTest {

  private static final KeyRow HELD =
      running(FIXED, window(1, 142), 142, leased(batch(9, 1, 135), 165));

  // ---- renewed

  @Test
  void renewed_whileIdle_isStale() {
    assertThat(Protocol.renewed(null, 9, at(180))).isEqualTo(keep(Step.STALE, null));
  }

  @Test
  void renewed_whileWaiting_isStale() {
    KeyRow row = waiting(FIXED, window(1, 142), 142, 177);
    assertThat(Protocol.renewed(row, 9, at(180))).isEqualTo(keep(Step.STALE, row));
  }

  @Test
  void renewed_whileRunning_holdsForLonger_andChangesNothingElse() {
    assertThat(Protocol.renewed(HELD, 9, at(180)))
        .isEqualTo(
            keep(Step.RENEWED, running(FIXED, window(1, 142), 142, leased(batch(9, 1, 135), 180))));
  }

  @Test
  void renewed_whileRunning_underAnotherToken_isStale() {
    assertThat(Protocol.renewed(HELD, 8, at(180))).isEqualTo(keep(Step.STALE, HELD));
  }

  @Test
  void renewed_whileBackingOff_isStale_thoughTheTokenIsItsLast() {
    KeyRow row = backingOff(FIXED, null, 104, 180, recovered(batch(9, 1, 170)));
    assertThat(Protocol.renewed(row, 9, at(200))).isEqualTo(keep(Step.STALE, row));
  }

  // ---- a claim under a lease

  @Test
  void due_underALease_holdsUntilItIsOver_onEachAttempt() {
    KeyRow first = waiting(FIXED, window(2, 100), 104, 135);
    BatchRow claimed =
        Draft.batchOf(Protocol.due(first, messages(100, 104), 9, at(165), at(135)).row());
    assertThat(claimed.leaseUntil()).isEqualTo(at(165));
    KeyRow again = backingOff(FIXED, null, 104, 180, batch(9, 1, 170));
    assertThat(Draft.batchOf(Protocol.due(again, messages(100, 104), 10, at(210), at(180)).row()))
        .isEqualTo(leased(batch(10, 2, 180), 210));
  }

  @Test
  void everyEndOfARun_endsItsLease() {
    assertThat(Protocol.returned(HELD, 9, at(150)).row().batch()).isNull();
    assertThat(leaseAfter(Protocol.failed(HELD, 9, false, RETRY, at(150)))).isNull();
    assertThat(leaseAfter(Protocol.released(HELD, 9, Duration.ZERO, at(150)))).isNull();
  }

  private static Object leaseAfter(Decision decision) {
    return Draft.batchOf(decision.row()).leaseUntil();
  }

  @Test
  void onlyARunningRow_canHaveALease() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> backingOff(FIXED, null, 104, 180, leased(batch(9, 1, 170), 200)));
  }

  // ---- taking over

  @Test
  void recover_whileRunning_underALeaseThatHolds_changesNothing() {
    assertThat(Protocol.recover(HELD, RETRY, at(164))).isEqualTo(keep(Step.RECOVERED, HELD));
  }

  @Test
  void recover_whileRunning_whenTheLeaseIsOver_countsAsFailed_andMarksTheBatch() {
    assertThat(Protocol.recover(HELD, RETRY, at(165)))
        .isEqualTo(
            keep(
                Step.BACKED_OFF,
                backingOff(FIXED, window(1, 142), 142, 166, recovered(batch(9, 1, 165)))));
  }

  @Test
  void recover_whileRunning_onTheLastAttempt_whenTheLeaseIsOver_deadLetters() {
    KeyRow row = running(FIXED, null, 104, leased(batch(9, 3, 135), 165));
    assertThat(Protocol.recover(row, RETRY, at(165)))
        .isEqualTo(new Decision(Step.DEAD_LETTERED, null, MessageRange.through(KEY, 12)));
  }

  @Test
  void recover_whileRunning_claimedByAClockAhead_pullsTheLeaseInWithTheClaim() {
    assertThat(Protocol.recover(HELD, RETRY, at(20)))
        .isEqualTo(
            keep(
                Step.RECOVERED,
                running(FIXED, window(1, 142, 20), 142, leased(batch(9, 1, 20), 50))));
  }

  private static BatchRow leased(BatchRow b, long until) {
    return Batches.claim(b, b.token(), b.attempt(), b.since(), b.recovered(), at(until));
  }
}
