// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.internal;

import static io.github.debouncedbuffer.internal.Given.FIXED;
import static io.github.debouncedbuffer.internal.Given.KEY;
import static io.github.debouncedbuffer.internal.Given.OTHER;
import static io.github.debouncedbuffer.internal.Given.QUIET;
import static io.github.debouncedbuffer.internal.Given.RETRY;
import static io.github.debouncedbuffer.internal.Given.at;
import static io.github.debouncedbuffer.internal.Given.backingOff;
import static io.github.debouncedbuffer.internal.Given.batch;
import static io.github.debouncedbuffer.internal.Given.dueNow;
import static io.github.debouncedbuffer.internal.Given.maxBatch;
import static io.github.debouncedbuffer.internal.Given.messages;
import static io.github.debouncedbuffer.internal.Given.recovered;
import static io.github.debouncedbuffer.internal.Given.running;
import static io.github.debouncedbuffer.internal.Given.waiting;
import static io.github.debouncedbuffer.internal.Given.window;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import io.github.debouncedbuffer.internal.Decision.Step;
import io.github.debouncedbuffer.spi.BatchRow;
import io.github.debouncedbuffer.spi.KeyRow;
import io.github.debouncedbuffer.spi.MessageRange;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The cells of the {@link Protocol}'s table from the start of the process to the claim. */
class ProtocolTableTest {

  // ---- recover

  @Test
  void recover_whileIdle_isImpossible_thereIsNoRow() {
    assertThatNullPointerException().isThrownBy(() -> Protocol.recover(null, RETRY, at(0)));
  }

  @Test
  void recover_whileWaiting_keepsTheDueTime() {
    KeyRow row = waiting(QUIET, window(2, 100), 104, 114);
    assertThat(Protocol.recover(row, RETRY, at(130))).isEqualTo(keep(Step.RECOVERED, row));
  }

  @Test
  void recover_whileWaiting_writtenByAClockAhead_pullsTheDueTimeIn() {
    assertThat(Protocol.recover(waiting(FIXED, window(2, 100), 104, 135), RETRY, at(20)))
        .isEqualTo(keep(Step.RECOVERED, waiting(FIXED, window(2, 100, 20), 104, 55)));
  }

  @Test
  void recover_whileRunning_countsAsFailed_andMarksTheBatch() {
    assertThat(
            Protocol.recover(running(FIXED, window(1, 142), 142, batch(9, 1, 135)), RETRY, at(150)))
        .isEqualTo(
            keep(
                Step.BACKED_OFF,
                backingOff(FIXED, window(1, 142), 142, 151, recovered(batch(9, 1, 150)))));
  }

  @Test
  void recover_whileRunning_onTheLastAttempt_deadLetters() {
    assertThat(Protocol.recover(running(FIXED, null, 104, batch(9, 3, 135)), RETRY, at(150)))
        .isEqualTo(new Decision(Step.DEAD_LETTERED, null, MessageRange.through(KEY, 12)));
  }

  @Test
  void recover_whileBackingOff_keepsTheDueTime() {
    KeyRow row = backingOff(FIXED, window(1, 142), 142, 180, recovered(batch(9, 2, 150)));
    assertThat(Protocol.recover(row, RETRY, at(160))).isEqualTo(keep(Step.RECOVERED, row));
  }

  @Test
  void recover_whileBackingOff_writtenByAClockAhead_pullsTheDueTimeInToTheLongestBackoff() {
    KeyRow row = backingOff(FIXED, window(1, 142), 142, 180, batch(9, 2, 150));
    assertThat(Protocol.recover(row, RETRY, at(20)))
        .isEqualTo(
            keep(Step.RECOVERED, backingOff(FIXED, window(1, 142, 20), 142, 80, batch(9, 2, 20))));
  }

  // ---- submit, open or extend

  @Test
  void submit_whileIdle_opensAWindowAndStartsTheChain() {
    assertThat(Protocol.submit(null, KEY, FIXED, false, at(0)))
        .isEqualTo(keep(Step.OPENED, waiting(FIXED, window(1, 0), 0, 35)));
  }

  @Test
  void submit_whileIdle_withBatchesOfOne_isDueNow() {
    assertThat(Protocol.submit(null, KEY, maxBatch(FIXED, 1), false, at(0)))
        .isEqualTo(keep(Step.OPENED, waiting(maxBatch(FIXED, 1), dueNow(window(1, 0)), 0, 0)));
  }

  @Test
  void submit_whileWaiting_inAFixedWindow_keepsTheDueTime() {
    assertThat(
            Protocol.submit(waiting(FIXED, window(1, 100), 100, 135), KEY, OTHER, false, at(104)))
        .isEqualTo(keep(Step.EXTENDED, waiting(FIXED, window(2, 100), 104, 135)));
  }

  @Test
  void submit_whileWaiting_inAQuietWindow_movesTheDueTimeOut() {
    assertThat(
            Protocol.submit(waiting(QUIET, window(1, 100), 100, 110), KEY, OTHER, false, at(104)))
        .isEqualTo(keep(Step.EXTENDED, waiting(QUIET, window(2, 100), 104, 114)));
  }

  @Test
  void submit_whileWaiting_thatFillsTheWindow_makesItDueNow() {
    assertThat(
            Protocol.submit(waiting(QUIET, window(2, 100), 104, 114), KEY, OTHER, false, at(106)))
        .isEqualTo(keep(Step.EXTENDED, waiting(QUIET, dueNow(window(3, 100)), 106, 106)));
  }

  @Test
  void submit_whileRunning_theFirst_isCountedLate_underThePolicyInForce() {
    BatchRow batch = batch(9, 1, 135);
    assertThat(Protocol.submit(running(FIXED, null, 104, batch), KEY, OTHER, false, at(142)))
        .isEqualTo(keep(Step.COUNTED_LATE, running(OTHER, window(1, 142), 142, batch)));
  }

  @Test
  void submit_whileRunning_theSecond_isCountedLate_underThePolicyOfTheFirst() {
    BatchRow batch = batch(9, 1, 135);
    assertThat(
            Protocol.submit(running(FIXED, window(1, 142), 142, batch), KEY, OTHER, false, at(150)))
        .isEqualTo(keep(Step.COUNTED_LATE, running(FIXED, window(2, 142), 150, batch)));
  }

  @Test
  void submit_whileRunning_thatFillsTheFollowUp_willMakeItDueNow() {
    BatchRow batch = batch(9, 1, 135);
    assertThat(
            Protocol.submit(running(FIXED, window(2, 142), 150, batch), KEY, OTHER, false, at(151)))
        .isEqualTo(keep(Step.COUNTED_LATE, running(FIXED, dueNow(window(3, 142)), 151, batch)));
  }

  @Test
  void submit_whileBackingOff_theFirst_isCountedLate_andTheBackoffStays() {
    BatchRow batch = batch(9, 1, 150);
    assertThat(
            Protocol.submit(backingOff(FIXED, null, 104, 180, batch), KEY, OTHER, false, at(160)))
        .isEqualTo(keep(Step.COUNTED_LATE, backingOff(OTHER, window(1, 160), 160, 180, batch)));
  }

  @Test
  void submit_whileBackingOff_thatFillsTheFollowUp_leavesTheBackoff() {
    BatchRow batch = batch(9, 1, 150);
    KeyRow row = backingOff(FIXED, window(2, 142), 142, 180, batch);
    assertThat(Protocol.submit(row, KEY, OTHER, false, at(160)))
        .isEqualTo(
            keep(Step.COUNTED_LATE, backingOff(FIXED, dueNow(window(3, 142)), 160, 180, batch)));
  }

  // ---- due, claim

  @Test
  void due_whileIdle_isImpossible_thereIsNoRow() {
    assertThatNullPointerException()
        .isThrownBy(() -> Protocol.due(null, messages(100), 9, null, at(135)));
  }

  @Test
  void due_whileWaiting_claimsTheWindow_asAttemptOne() {
    BatchRow batch = new BatchRow(9, 9, 1, 2, 12, at(100), at(136), false, null);
    assertThat(
            Protocol.due(
                waiting(FIXED, window(2, 100), 104, 135), messages(100, 104), 9, null, at(136)))
        .isEqualTo(keep(Step.CLAIMED, running(FIXED, null, 104, batch)));
  }

  @Test
  void due_whileWaiting_withMoreThanABatch_leavesTheRestBehindIt() {
    KeyRow row = waiting(FIXED, dueNow(window(5, 100)), 110, 108);
    BatchRow batch = new BatchRow(9, 9, 1, 3, 13, at(100), at(111), false, null);
    assertThat(Protocol.due(row, messages(100, 104, 108, 109), 9, null, at(111)))
        .isEqualTo(keep(Step.CLAIMED, running(FIXED, dueNow(window(2, 109)), 110, batch)));
  }

  @Test
  void due_whileWaiting_withoutMessages_goesIdle() {
    KeyRow row = waiting(FIXED, window(2, 100), 104, 135);
    assertThat(Protocol.due(row, List.of(), 9, null, at(135))).isEqualTo(keep(Step.VANISHED, null));
  }

  @Test
  void due_whileRunning_isImpossible() {
    KeyRow row = running(FIXED, window(1, 142), 142, batch(8, 1, 135));
    assertThatIllegalStateException()
        .isThrownBy(() -> Protocol.due(row, messages(100, 104), 9, null, at(150)));
  }

  @Test
  void due_whileRunning_withoutMessages_isImpossibleToo() {
    KeyRow row = running(FIXED, window(1, 142), 142, batch(8, 1, 135));
    assertThatIllegalStateException()
        .isThrownBy(() -> Protocol.due(row, List.of(), 9, null, at(150)));
  }

  @Test
  void due_whileBackingOff_claimsTheSameBatch_underANewToken_asOneMoreAttempt() {
    KeyRow row = backingOff(FIXED, window(1, 142), 142, 180, recovered(batch(8, 1, 150)));
    assertThat(Protocol.due(row, messages(100, 104), 9, null, at(181)))
        .isEqualTo(
            keep(Step.CLAIMED, running(FIXED, window(1, 142), 142, recovered(batch(9, 2, 181)))));
  }

  @Test
  void due_whileBackingOff_withoutMessages_goesIdle() {
    KeyRow row = backingOff(FIXED, null, 104, 180, batch(8, 1, 150));
    assertThat(Protocol.due(row, List.of(), 9, null, at(181))).isEqualTo(keep(Step.VANISHED, null));
  }

  @Test
  void due_whileBackingOff_withoutMessages_opensTheFollowUpForLateOnes() {
    KeyRow row = backingOff(FIXED, window(1, 142), 142, 180, batch(8, 1, 150));
    assertThat(Protocol.due(row, List.of(), 9, null, at(181)))
        .isEqualTo(keep(Step.VANISHED, waiting(FIXED, window(1, 142), 142, 177)));
  }

  private static Decision keep(Step step, KeyRow row) {
    return new Decision(step, row, null);
  }
}
