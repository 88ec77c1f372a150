// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.internal;

import static io.github.debouncedbuffer.internal.Given.CAPPED;
import static io.github.debouncedbuffer.internal.Given.FIXED;
import static io.github.debouncedbuffer.internal.Given.KEY;
import static io.github.debouncedbuffer.internal.Given.OTHER;
import static io.github.debouncedbuffer.internal.Given.QUIET;
import static io.github.debouncedbuffer.internal.Given.at;
import static io.github.debouncedbuffer.internal.Given.backingOff;
import static io.github.debouncedbuffer.internal.Given.batch;
import static io.github.debouncedbuffer.internal.Given.dueNow;
import static io.github.debouncedbuffer.internal.Given.extendedUntil;
import static io.github.debouncedbuffer.internal.Given.messages;
import static io.github.debouncedbuffer.internal.Given.quiet;
import static io.github.debouncedbuffer.internal.Given.running;
import static io.github.debouncedbuffer.internal.Given.waiting;
import static io.github.debouncedbuffer.internal.Given.window;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.debouncedbuffer.FollowUp;
import io.github.debouncedbuffer.internal.Decision.Step;
import io.github.debouncedbuffer.spi.KeyRow;
import io.github.debouncedbuffer.spi.PolicyRow;
import org.junit.jupiter.api.Test;

/** The rulings on windows for the hard cases: flush and full, extend, overflow, follow-up base. */
class ProtocolRulingsTest {

  private static final PolicyRow FROM_COMPLETION =
      Given.followUp(quiet(10, 35), FollowUp.FROM_COMPLETION);
  private static final PolicyRow IMMEDIATELY = Given.followUp(CAPPED, FollowUp.IMMEDIATELY);

  // ---- flush and full are sticky

  @Test
  void flush_isSticky_noLaterSubmitMovesItOutAgain() {
    KeyRow flushed = CallerProtocol.flush(waiting(QUIET, window(1, 100), 100, 110), at(105)).row();
    assertThat(submit(flushed, 107)).isEqualTo(waiting(QUIET, dueNow(window(2, 100)), 107, 105));
  }

  @Test
  void full_isSticky_noLaterSubmitMovesItOutAgain() {
    KeyRow full = submit(waiting(QUIET, window(2, 100), 102, 112), 105);
    assertThat(submit(full, 107)).isEqualTo(waiting(QUIET, dueNow(window(4, 100)), 107, 105));
  }

  @Test
  void flush_ofWhatIsDueAlready_doesNotMakeItLater() {
    KeyRow overdue = waiting(FIXED, window(1, 100), 100, 135);
    assertThat(CallerProtocol.flush(overdue, at(150)).row())
        .isEqualTo(waiting(FIXED, dueNow(window(1, 100)), 100, 135));
  }

  @Test
  void flush_isSticky_noExtensionMovesItOutAgain() {
    KeyRow flushed = CallerProtocol.flush(waiting(CAPPED, window(1, 100), 100, 135), at(105)).row();
    assertThat(CallerProtocol.extend(flushed, at(150), at(106)))
        .isEqualTo(Decision.keep(Step.UNCHANGED, flushed));
  }

  @Test
  void flush_whileABatchRuns_makesTheFollowUpDueAsSoonAsTheRunHasEnded_underEachTiming() {
    for (FollowUp timing : FollowUp.values()) {
      PolicyRow policy = Given.followUp(FIXED, timing);
      KeyRow row = running(policy, window(1, 142), 142, batch(9, 1, 135));
      KeyRow flushed = submit(CallerProtocol.flush(row, at(145)).row(), 150);
      assertThat(Protocol.returned(flushed, 9, at(163)).row().dueAt()).isEqualTo(at(163));
    }
  }

  @Test
  void full_whileABatchBacksOff_leavesTheBackoff_andTheFollowUpIsDueAtOnceAfterwards() {
    KeyRow full = submit(backingOff(FIXED, window(2, 142), 142, 180, batch(8, 1, 150)), 160);
    assertThat(full.dueAt()).isEqualTo(at(180));
    KeyRow again = Protocol.due(full, messages(100, 104), 9, null, at(180)).row();
    assertThat(again).isEqualTo(running(FIXED, dueNow(window(3, 142)), 160, batch(9, 2, 180)));
    assertThat(Protocol.returned(again, 9, at(181)).row())
        .isEqualTo(waiting(FIXED, dueNow(window(3, 142)), 160, 177));
  }

  // ---- what is left beyond maxBatch

  @Test
  void overflow_staysDue_underEachTiming() {
    for (FollowUp timing : FollowUp.values()) {
      PolicyRow policy = Given.followUp(FIXED, timing);
      KeyRow full = waiting(policy, dueNow(window(4, 100)), 104, 103);
      KeyRow claimed = Protocol.due(full, messages(100, 101, 103, 104), 9, null, at(105)).row();
      assertThat(Protocol.returned(claimed, 9, at(120)).row().dueAt()).isEqualTo(at(120));
    }
  }

  @Test
  void overflow_isDueByItsOwnOldestArrival_neverAFreshWindow() {
    KeyRow row = waiting(FIXED, window(4, 100), 130, 135);
    KeyRow claimed = Protocol.due(row, messages(100, 101, 103, 104), 9, null, at(135)).row();
    assertThat(claimed.window()).isEqualTo(window(1, 104));
    assertThat(Protocol.returned(claimed, 9, at(136)).row().dueAt()).isEqualTo(at(104 + 35));
  }

  @Test
  void overflow_writtenByAClockAhead_countsFromNow() {
    KeyRow row = waiting(FIXED, window(4, 100, 20), 104, 55);
    KeyRow claimed = Protocol.due(row, messages(100, 101, 103, 104), 9, null, at(55)).row();
    assertThat(claimed.window()).isEqualTo(window(1, 104, 55));
  }

  @Test
  void batch_ofExactlyMaxBatch_leavesNothingBehind() {
    KeyRow row = waiting(FIXED, dueNow(window(3, 100)), 103, 103);
    KeyRow claimed = Protocol.due(row, messages(100, 101, 103), 9, null, at(103)).row();
    assertThat(claimed.window()).isNull();
    assertThat(claimed.batch().messages()).isEqualTo(3);
  }

  // ---- extend

  @Test
  void extend_isCappedByMaxWait() {
    KeyRow row = waiting(CAPPED, window(1, 100), 100, 135);
    assertThat(CallerProtocol.extend(row, at(900), at(110)).row().dueAt()).isEqualTo(at(160));
  }

  @Test
  void extend_neverMakesTheWindowShorter() {
    KeyRow row = waiting(CAPPED, window(1, 100), 100, 135);
    assertThat(CallerProtocol.extend(row, at(120), at(110)).row().dueAt()).isEqualTo(at(135));
    KeyRow once = CallerProtocol.extend(row, at(150), at(110)).row();
    assertThat(CallerProtocol.extend(once, at(140), at(111)).row()).isEqualTo(once);
  }

  @Test
  void extend_ofAQuietWindow_needsNoCap_andOutlastsLaterMessages() {
    KeyRow row =
        CallerProtocol.extend(waiting(QUIET, window(1, 100), 100, 110), at(130), at(105)).row();
    assertThat(row.dueAt()).isEqualTo(at(130));
    assertThat(submit(row, 110).dueAt()).isEqualTo(at(130));
    assertThat(submit(row, 124).dueAt()).isEqualTo(at(134));
    assertThat(
            CallerProtocol.extend(
                waiting(quiet(10, 10), window(1, 100), 100, 110), at(130), at(105)))
        .extracting(Decision::step)
        .isEqualTo(Step.EXTENDED);
  }

  @Test
  void extend_withoutACap_isRefused_whileABatchRunsOrBacksOffToo() {
    KeyRow running = running(FIXED, null, 104, batch(9, 1, 135));
    KeyRow backingOff = backingOff(FIXED, window(1, 142), 142, 180, batch(9, 1, 150));
    assertThat(CallerProtocol.extend(running, at(190), at(140)).step()).isEqualTo(Step.REFUSED);
    assertThat(CallerProtocol.extend(backingOff, at(190), at(160)).step()).isEqualTo(Step.REFUSED);
  }

  @Test
  void extend_beforeAnyLateMessage_movesTheFollowUpThatOneOpens() {
    KeyRow row = running(CAPPED, null, 104, batch(9, 1, 135));
    KeyRow extended = CallerProtocol.extend(row, at(190), at(140)).row();
    KeyRow late = Protocol.submit(extended, KEY, CAPPED, false, at(142)).row();
    assertThat(Protocol.returned(late, 9, at(163)).row())
        .isEqualTo(extendedUntil(190, waiting(CAPPED, window(1, 142), 142, 190)));
  }

  @Test
  void extend_endsWithItsWindow_theClaimForgetsIt() {
    KeyRow row = extendedUntil(150, waiting(CAPPED, window(1, 100), 100, 150));
    assertThat(Protocol.due(row, messages(100), 9, null, at(150)).row().extendedUntil()).isNull();
  }

  // ---- the follow-up's base and policy

  @Test
  void followUp_fromCompletion_countsFromTheEndOfTheRun_forLaterExtensionsToo() {
    KeyRow late = running(FROM_COMPLETION, window(1, 142), 142, batch(9, 1, 135));
    KeyRow row = Protocol.returned(late, 9, at(163)).row();
    assertThat(row).isEqualTo(waiting(FROM_COMPLETION, window(1, 142, 163), 142, 173));
    assertThat(submit(row, 170)).isEqualTo(waiting(FROM_COMPLETION, window(2, 142, 163), 170, 180));
    assertThat(CallerProtocol.extend(row, at(999), at(170)).row().dueAt()).isEqualTo(at(163 + 35));
  }

  @Test
  void followUp_fromArrivalInAQuietWindow_isAsIfTheRunHadNotBeenThere() {
    KeyRow late = running(QUIET, window(2, 142), 160, batch(9, 1, 135));
    assertThat(Protocol.returned(late, 9, at(163)).row().dueAt()).isEqualTo(at(170));
    KeyRow later = running(QUIET, window(2, 142), 175, batch(9, 1, 135));
    assertThat(Protocol.returned(later, 9, at(176)).row().dueAt()).isEqualTo(at(142 + 35));
  }

  @Test
  void followUp_immediately_isSticky() {
    KeyRow late = running(IMMEDIATELY, window(1, 142), 142, batch(9, 1, 135));
    KeyRow row = Protocol.returned(late, 9, at(163)).row();
    assertThat(row).isEqualTo(waiting(IMMEDIATELY, dueNow(window(1, 142, 163)), 142, 163));
    assertThat(submit(row, 164).dueAt()).isEqualTo(at(163));
  }

  @Test
  void followUp_hasThePolicyInForceWhenItsFirstMessageCame() {
    KeyRow first = submit(running(FIXED, null, 104, batch(9, 1, 135)), 142);
    KeyRow second = Protocol.submit(first, KEY, FIXED, false, at(150)).row();
    assertThat(Protocol.returned(second, 9, at(163)).row())
        .isEqualTo(waiting(OTHER, window(2, 142), 150, 170));
  }

  private static KeyRow submit(KeyRow row, long seconds) {
    return Protocol.submit(row, KEY, OTHER, false, at(seconds)).row();
  }

  @Test
  void aMessageThatTheFlushRuleNames_isDueNow_inEachState_andStaysSo() {
    KeyRow opened = Protocol.submit(null, KEY, FIXED, true, at(0)).row();
    assertThat(opened).isEqualTo(waiting(FIXED, dueNow(window(1, 0)), 0, 0));
    KeyRow row = waiting(FIXED, window(1, 100), 100, 135);
    KeyRow joined = Protocol.submit(row, KEY, FIXED, true, at(105)).row();
    assertThat(joined).isEqualTo(waiting(FIXED, dueNow(window(2, 100)), 105, 105));
    KeyRow running = running(FIXED, null, 104, batch(9, 1, 135));
    KeyRow late = Protocol.submit(running, KEY, FIXED, true, at(142)).row();
    assertThat(late.window()).isEqualTo(dueNow(window(1, 142)));
    assertThat(Protocol.submit(late, KEY, FIXED, false, at(150)).row().window().dueNow()).isTrue();
  }
}
