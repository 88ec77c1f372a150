// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.internal;

import static io.github.debouncedbuffer.internal.Given.FIXED;
import static io.github.debouncedbuffer.internal.Given.KEY;
import static io.github.debouncedbuffer.internal.Given.RETRY;
import static io.github.debouncedbuffer.internal.Given.at;
import static io.github.debouncedbuffer.internal.Given.backingOff;
import static io.github.debouncedbuffer.internal.Given.batch;
import static io.github.debouncedbuffer.internal.Given.recovered;
import static io.github.debouncedbuffer.internal.Given.running;
import static io.github.debouncedbuffer.internal.Given.seconds;
import static io.github.debouncedbuffer.internal.Given.waiting;
import static io.github.debouncedbuffer.internal.Given.window;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.debouncedbuffer.internal.Decision.Step;
import io.github.debouncedbuffer.spi.BatchRow;
import io.github.debouncedbuffer.spi.KeyRow;
import io.github.debouncedbuffer.spi.MessageRange;
import org.junit.jupiter.api.Test;

/**
 * The cells of the {@link Protocol}'s table for the end of a run, stale ones too (G10). The token
 * of the running batch is 9; a stale event carries the one of the claim before.
 */
class ProtocolTableEndTest {

  private static final long STALE = 8;

  private final KeyRow waiting = waiting(FIXED, window(1, 142), 142, 177);
  private final KeyRow running = running(FIXED, null, 104, batch(9, 2, 135));
  private final KeyRow runningWithLate = running(FIXED, window(1, 142), 142, batch(9, 2, 135));
  private final KeyRow backingOff = backingOff(FIXED, window(1, 142), 142, 180, batch(9, 2, 150));

  // ---- complete, follow up

  @Test
  void returned_whileIdle_isStale() {
    assertThat(Protocol.returned(null, 9, at(163))).isEqualTo(stale(null));
  }

  @Test
  void returned_whileWaiting_isStale() {
    assertThat(Protocol.returned(waiting, 9, at(163))).isEqualTo(stale(waiting));
  }

  @Test
  void returned_whileRunning_withoutLateMessages_goesIdle() {
    assertThat(Protocol.returned(running, 9, at(163)))
        .isEqualTo(new Decision(Step.COMPLETED, null, MessageRange.through(KEY, 12)));
  }

  @Test
  void returned_whileRunning_withLateMessages_opensTheFollowUp_andKeepsTheOriginalStart() {
    assertThat(Protocol.returned(runningWithLate, 9, at(163)))
        .isEqualTo(
            new Decision(
                Step.COMPLETED,
                waiting(FIXED, window(1, 142), 142, 177),
                MessageRange.through(KEY, 12)));
  }

  @Test
  void returned_whileRunning_underAnotherToken_isStale() {
    assertThat(Protocol.returned(runningWithLate, STALE, at(163)))
        .isEqualTo(stale(runningWithLate));
  }

  @Test
  void returned_whileBackingOff_isStale() {
    assertThat(Protocol.returned(backingOff, 9, at(163))).isEqualTo(stale(backingOff));
  }

  // ---- back off, dead-letter

  @Test
  void failed_whileIdle_isStale() {
    assertThat(Protocol.failed(null, 9, false, RETRY, at(163))).isEqualTo(stale(null));
  }

  @Test
  void failed_whileWaiting_isStale() {
    assertThat(Protocol.failed(waiting, 9, false, RETRY, at(163))).isEqualTo(stale(waiting));
  }

  @Test
  void failed_whileRunning_withAttemptsLeft_backsOff() {
    assertThat(Protocol.failed(runningWithLate, 9, false, RETRY, at(163)))
        .isEqualTo(
            keep(Step.BACKED_OFF, backingOff(FIXED, window(1, 142), 142, 165, batch(9, 2, 163))));
  }

  @Test
  void failed_whileRunning_becauseTheProcessDied_marksTheBatch() {
    assertThat(Protocol.failed(running, 9, true, RETRY, at(163)))
        .isEqualTo(
            keep(Step.BACKED_OFF, backingOff(FIXED, null, 104, 165, recovered(batch(9, 2, 163)))));
  }

  @Test
  void failed_whileRunning_onTheLastAttempt_deadLettersAndGoesIdle() {
    KeyRow last = running(FIXED, null, 104, batch(9, 3, 135));
    assertThat(Protocol.failed(last, 9, false, RETRY, at(163)))
        .isEqualTo(new Decision(Step.DEAD_LETTERED, null, MessageRange.through(KEY, 12)));
  }

  @Test
  void failed_whileRunning_onTheLastAttempt_deadLettersAndOpensTheFollowUp() {
    KeyRow last = running(FIXED, window(1, 142), 142, batch(9, 3, 135));
    assertThat(Protocol.failed(last, 9, false, RETRY, at(163)))
        .isEqualTo(
            new Decision(
                Step.DEAD_LETTERED,
                waiting(FIXED, window(1, 142), 142, 177),
                MessageRange.through(KEY, 12)));
  }

  @Test
  void failed_whileRunning_underAnotherToken_isStale() {
    assertThat(Protocol.failed(runningWithLate, STALE, false, RETRY, at(163)))
        .isEqualTo(stale(runningWithLate));
  }

  @Test
  void failed_whileBackingOff_isStale() {
    assertThat(Protocol.failed(backingOff, 9, false, RETRY, at(163))).isEqualTo(stale(backingOff));
  }

  // ---- released

  @Test
  void released_whileIdle_isStale() {
    assertThat(Protocol.released(null, 9, seconds(4), at(163))).isEqualTo(stale(null));
  }

  @Test
  void released_whileWaiting_isStale() {
    assertThat(Protocol.released(waiting, 9, seconds(4), at(163))).isEqualTo(stale(waiting));
  }

  @Test
  void released_whileRunning_backsOffForTheDelay_uncounted() {
    assertThat(Protocol.released(runningWithLate, 9, seconds(4), at(163)))
        .isEqualTo(
            keep(Step.RELEASED, backingOff(FIXED, window(1, 142), 142, 167, batch(9, 1, 163))));
  }

  @Test
  void released_whileRunning_underAnotherToken_isStale() {
    assertThat(Protocol.released(runningWithLate, STALE, seconds(4), at(163)))
        .isEqualTo(stale(runningWithLate));
  }

  @Test
  void released_whileBackingOff_isStale() {
    assertThat(Protocol.released(backingOff, 9, seconds(4), at(163))).isEqualTo(stale(backingOff));
  }

  // ---- unreadable

  @Test
  void unreadable_whileIdle_isStale() {
    assertThat(MemberProtocol.unreadable(null, batch(9, 1, 135), 1, at(100), 20, at(136)))
        .isEqualTo(stale(null));
  }

  @Test
  void unreadable_whileWaiting_isStale() {
    assertThat(MemberProtocol.unreadable(waiting, batch(9, 1, 135), 1, at(100), 20, at(136)))
        .isEqualTo(stale(waiting));
  }

  @Test
  void unreadable_whileRunning_some_leavesFewerMembersUnderANewId() {
    KeyRow row = running(FIXED, window(1, 142), 142, recovered(batch(9, 2, 135)));
    BatchRow fewer = new BatchRow(20, 9, 2, 1, 12, at(100), at(135), true, null);
    assertThat(MemberProtocol.unreadable(row, batch(9, 1, 135), 1, at(100), 20, at(163)))
        .isEqualTo(keep(Step.SET_APART, running(FIXED, window(1, 142), 142, fewer)));
  }

  @Test
  void unreadable_whileRunning_all_goesIdle_andNothingElseEnds() {
    assertThat(MemberProtocol.unreadable(running, batch(9, 1, 135), 2, at(100), 20, at(136)))
        .isEqualTo(keep(Step.SET_APART, null));
  }

  @Test
  void unreadable_whileRunning_all_opensTheFollowUpForLateMessages() {
    assertThat(
            MemberProtocol.unreadable(runningWithLate, batch(9, 1, 135), 2, at(100), 20, at(163)))
        .isEqualTo(keep(Step.SET_APART, waiting(FIXED, window(1, 142), 142, 177)));
  }

  @Test
  void unreadable_whileRunning_underAnotherToken_isStale() {
    assertThat(
            MemberProtocol.unreadable(
                runningWithLate, batch(STALE, 1, 135), 1, at(100), 20, at(136)))
        .isEqualTo(stale(runningWithLate));
  }

  @Test
  void unreadable_whileRunning_doneBefore_changesNothing() {
    KeyRow done = Rows.without(running, 1, at(100), 20);
    assertThat(MemberProtocol.unreadable(done, batch(9, 1, 135), 1, at(100), 30, at(136)))
        .isEqualTo(keep(Step.UNCHANGED, done));
  }

  @Test
  void unreadable_whileBackingOff_isStale() {
    assertThat(MemberProtocol.unreadable(backingOff, batch(9, 1, 135), 1, at(100), 20, at(136)))
        .isEqualTo(stale(backingOff));
  }

  private static Decision stale(KeyRow row) {
    return keep(Step.STALE, row);
  }

  private static Decision keep(Step step, KeyRow row) {
    return new Decision(step, row, null);
  }
}
