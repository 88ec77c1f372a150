// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.internal;

import static io.github.debouncedbuffer.internal.Given.CAPPED;
import static io.github.debouncedbuffer.internal.Given.FIXED;
import static io.github.debouncedbuffer.internal.Given.KEY;
import static io.github.debouncedbuffer.internal.Given.OTHER;
import static io.github.debouncedbuffer.internal.Given.QUIET;
import static io.github.debouncedbuffer.internal.Given.RETRY;
import static io.github.debouncedbuffer.internal.Given.at;
import static io.github.debouncedbuffer.internal.Given.backingOff;
import static io.github.debouncedbuffer.internal.Given.batch;
import static io.github.debouncedbuffer.internal.Given.dueNow;
import static io.github.debouncedbuffer.internal.Given.extendedUntil;
import static io.github.debouncedbuffer.internal.Given.messages;
import static io.github.debouncedbuffer.internal.Given.recovered;
import static io.github.debouncedbuffer.internal.Given.running;
import static io.github.debouncedbuffer.internal.Given.seconds;
import static io.github.debouncedbuffer.internal.Given.waiting;
import static io.github.debouncedbuffer.internal.Given.window;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.debouncedbuffer.FollowUp;
import io.github.debouncedbuffer.RetryPolicy;
import io.github.debouncedbuffer.internal.Decision.Step;
import io.github.debouncedbuffer.spi.KeyRow;
import io.github.debouncedbuffer.spi.PolicyRow;
import org.junit.jupiter.api.Test;

/** The rulings on runs for the hard cases: attempts, crashes, and a clock that jumped back. */
class ProtocolRulingsOnRunsTest {

  // ---- attempts

  @Test
  void attempt_isCountedWhenClaimed_soThatACrashCountsToo() {
    KeyRow row = waiting(FIXED, window(2, 100), 104, 135);
    for (int attempt = 1; attempt < RETRY.maxAttempts(); attempt++) {
      row = Protocol.due(row, messages(100, 104), attempt, null, at(200)).row();
      assertThat(row.batch().attempt()).isEqualTo(attempt);
      row = Protocol.recover(row, RETRY, at(201)).row();
    }
    row = Protocol.due(row, messages(100, 104), 9, null, at(300)).row();
    assertThat(Protocol.recover(row, RETRY, at(301)).step()).isEqualTo(Step.DEAD_LETTERED);
  }

  @Test
  void attempt_thatWasReleased_isNotCounted_howeverOften() {
    KeyRow row =
        Protocol.due(waiting(FIXED, window(2, 100), 104, 135), messages(100, 104), 1, null, at(135))
            .row();
    for (long token = 2; token < 50; token++) {
      row = Protocol.released(row, token - 1, seconds(0), at(136)).row();
      assertThat(row.batch().attempt()).isZero();
      assertThat(row.dueAt()).isEqualTo(at(136));
      row = Protocol.due(row, messages(100, 104), token, null, at(136)).row();
      assertThat(row.batch().attempt()).isEqualTo(1);
    }
  }

  @Test
  void newcomers_neitherResetAttempts_norShortenTheBackoff_norJoinTheBatch() {
    KeyRow row = backingOff(FIXED, null, 104, 180, batch(8, 2, 150));
    for (int seconds = 160; seconds < 170; seconds++) {
      row = Protocol.submit(row, KEY, FIXED, false, at(seconds)).row();
    }
    row = CallerProtocol.flush(row, at(171)).row();
    assertThat(row)
        .isEqualTo(backingOff(FIXED, dueNow(window(10, 160)), 169, 180, batch(8, 2, 150)));
    assertThat(Protocol.due(row, messages(100, 104), 9, null, at(180)).row())
        .isEqualTo(running(FIXED, dueNow(window(10, 160)), 169, batch(9, 3, 180)));
  }

  @Test
  void extension_ofTheFollowUp_outlastsFailuresOfTheBatchBeforeIt() {
    KeyRow row = extendedUntil(190, running(CAPPED, window(1, 142), 142, batch(8, 2, 150)));
    row = Protocol.failed(row, 8, false, RETRY, at(151)).row();
    row = Protocol.due(row, messages(100, 104), 9, null, at(153)).row();
    assertThat(row.extendedUntil()).isEqualTo(at(190));
    assertThat(Protocol.failed(row, 9, false, RETRY, at(154)).row())
        .isEqualTo(extendedUntil(190, waiting(CAPPED, window(1, 142), 142, 190)));
  }

  @Test
  void backoff_isThatOfItsAttemptAndBatch_soThatBatchesDoNotComeBackTogether() {
    RetryPolicy jittered = RETRY.jitter(1);
    KeyRow row = running(FIXED, null, 104, batch(9, 2, 135));
    assertThat(Protocol.failed(row, 9, false, jittered, at(163)).row().dueAt())
        .isEqualTo(at(163).plus(Backoff.after(2, 7, jittered)))
        .isNotEqualTo(at(163).plus(Backoff.after(2, 9, jittered)));
  }

  // ---- the mark of a crash

  @Test
  void recoveredMark_staysThroughClaimAndRelease_andEndsWithAnOrdinaryFailure() {
    KeyRow row = backingOff(FIXED, null, 104, 151, recovered(batch(7, 1, 150)));
    row = Protocol.due(row, messages(100, 104), 8, null, at(151)).row();
    assertThat(row.batch().recovered()).isTrue();
    row = Protocol.released(row, 8, seconds(1), at(152)).row();
    assertThat(row.batch().recovered()).isTrue();
    row = Protocol.due(row, messages(100, 104), 9, null, at(153)).row();
    assertThat(Protocol.recover(row, RETRY, at(154)).row().batch().recovered()).isTrue();
    assertThat(Protocol.failed(row, 9, false, RETRY, at(154)).row().batch().recovered()).isFalse();
  }

  @Test
  void recoveredMark_isNotSetByARelease() {
    KeyRow row = running(FIXED, null, 104, batch(9, 1, 135));
    assertThat(Protocol.released(row, 9, seconds(1), at(136)).row().batch().recovered()).isFalse();
  }

  // ---- a clock that jumped back: no key is later than one extra window

  @Test
  void clockBack_aQuietWindow_isPulledInToItsMaxWait() {
    KeyRow row = waiting(QUIET, window(2, 1_000), 1_004, 1_014);
    assertThat(Protocol.recover(row, RETRY, at(20)).row())
        .isEqualTo(waiting(QUIET, window(2, 1_000, 20), 1_004, 20 + 35));
  }

  @Test
  void clockBack_anExtendedWindow_isPulledInToItsCap() {
    KeyRow row = extendedUntil(1_050, waiting(CAPPED, window(2, 1_000), 1_004, 1_050));
    assertThat(Protocol.recover(row, RETRY, at(20)).row().dueAt()).isEqualTo(at(20 + 60));
  }

  @Test
  void clockBack_aFlushedWindow_isDueNow() {
    KeyRow row = waiting(FIXED, dueNow(window(2, 1_000)), 1_004, 1_004);
    assertThat(Protocol.recover(row, RETRY, at(20)).row())
        .isEqualTo(waiting(FIXED, dueNow(window(2, 1_000, 20)), 1_004, 20));
  }

  @Test
  void clockBack_whileABatchRan_itsBackoffAndItsLateMessagesCountFromNow() {
    KeyRow row = running(FIXED, window(1, 1_042), 1_042, batch(8, 1, 1_035));
    KeyRow recovered = Protocol.recover(row, RETRY, at(20)).row();
    assertThat(recovered)
        .isEqualTo(backingOff(FIXED, window(1, 1_042, 20), 1_042, 21, recovered(batch(8, 1, 20))));
    KeyRow again = Protocol.due(recovered, messages(100, 104), 9, null, at(21)).row();
    assertThat(Protocol.returned(again, 9, at(22)).row().dueAt()).isEqualTo(at(20 + 35));
  }

  @Test
  void clockBack_onTheLastAttempt_theFollowUpCountsFromNow() {
    KeyRow row = running(FIXED, window(1, 1_042), 1_042, batch(9, 3, 1_035));
    assertThat(Protocol.recover(row, RETRY, at(20)).row())
        .isEqualTo(waiting(FIXED, window(1, 1_042, 20), 1_042, 55));
  }

  @Test
  void clockBack_arrivalsNeverDecrease_butTheLateWindowCountsFromNow() {
    KeyRow row = running(FIXED, null, 1_004, batch(9, 1, 30));
    KeyRow late = Protocol.submit(row, KEY, FIXED, false, at(42)).row();
    assertThat(late).isEqualTo(running(FIXED, window(1, 1_004, 42), 1_004, batch(9, 1, 30)));
    assertThat(Protocol.returned(late, 9, at(63)).row().dueAt()).isEqualTo(at(77));
  }

  @Test
  void recovery_isDoneOnce_aSecondOneChangesNothing() {
    KeyRow late = running(QUIET, window(1, 1_042), 1_042, batch(8, 1, 1_035));
    KeyRow once = Protocol.recover(late, RETRY, at(20)).row();
    assertThat(Protocol.recover(once, RETRY, at(20)).row()).isEqualTo(once);
    KeyRow quiet = Protocol.recover(waiting(QUIET, window(1, 900), 900, 910), RETRY, at(20)).row();
    assertThat(Protocol.recover(quiet, RETRY, at(20)).row()).isEqualTo(quiet);
  }

  // ---- restart keeps due times (G16)

  @Test
  void restart_keepsTheDueTimeOfEachKindOfWindow() {
    PolicyRow completion = Given.followUp(FIXED, FollowUp.FROM_COMPLETION);
    assertKept(waiting(FIXED, window(2, 100), 104, 135));
    assertKept(waiting(FIXED, dueNow(window(2, 100)), 104, 104));
    assertKept(extendedUntil(150, waiting(CAPPED, window(2, 100), 104, 150)));
    assertKept(waiting(completion, window(2, 142, 163), 150, 198));
    assertKept(backingOff(FIXED, null, 104, 180, batch(9, 2, 104)));
  }

  private static void assertKept(KeyRow row) {
    assertThat(Protocol.recover(row, RETRY, at(170)).row()).isEqualTo(row);
  }

  // ---- discard

  @Test
  void discard_whileABatchRuns_theNextMessageOpensAFreshFollowUp() {
    KeyRow row = extendedUntil(190, running(CAPPED, dueNow(window(5, 142)), 150, batch(9, 1, 135)));
    KeyRow next =
        Protocol.submit(CallerProtocol.discard(row).row(), KEY, OTHER, false, at(155)).row();
    assertThat(next).isEqualTo(running(OTHER, window(1, 155), 155, batch(9, 1, 135)));
  }
}
