// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.internal;

import static io.github.debouncedbuffer.internal.Given.FIXED;
import static io.github.debouncedbuffer.internal.Given.KEY;
import static io.github.debouncedbuffer.internal.Given.RETRY;
import static io.github.debouncedbuffer.internal.Given.at;
import static io.github.debouncedbuffer.internal.Given.backingOff;
import static io.github.debouncedbuffer.internal.Given.batch;
import static io.github.debouncedbuffer.internal.Given.dueNow;
import static io.github.debouncedbuffer.internal.Given.extendedUntil;
import static io.github.debouncedbuffer.internal.Given.messages;
import static io.github.debouncedbuffer.internal.Given.running;
import static io.github.debouncedbuffer.internal.Given.waiting;
import static io.github.debouncedbuffer.internal.Given.window;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.debouncedbuffer.internal.Decision.Step;
import io.github.debouncedbuffer.spi.BatchRow;
import io.github.debouncedbuffer.spi.KeyRow;
import io.github.debouncedbuffer.spi.MessageRange;
import io.github.debouncedbuffer.spi.StoredMessage;
import io.github.debouncedbuffer.spi.WindowRow;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The cells of the {@link Protocol}'s table in which callers take messages back. */
class ProtocolTableRemovalTest {

  private static final int MOST = 2;

  /** Members 11 and 12 arrived at 100 and 104; 13 at 142 is late. */
  private final KeyRow waiting = waiting(FIXED, window(2, 100), 104, 135);

  private final KeyRow running = running(FIXED, null, 104, batch(9, 1, 135));
  private final KeyRow runningWithLate = running(FIXED, window(1, 142), 142, batch(9, 1, 135));
  private final KeyRow backingOff = backingOff(FIXED, window(1, 142), 142, 180, batch(9, 2, 150));
  private final List<StoredMessage> stored = messages(100, 104, 142);

  // ---- withdraw

  @Test
  void withdraw_whileIdle_changesNothing() {
    assertThat(CallerProtocol.withdraw(null, 11, null, at(120)))
        .isEqualTo(keep(Step.UNCHANGED, null));
  }

  @Test
  void withdraw_whileWaiting_ofTheFirst_countsFromTheNext() {
    assertThat(CallerProtocol.withdraw(waiting, 11, stored.get(1), at(120)))
        .isEqualTo(
            new Decision(
                Step.WITHDRAWN,
                waiting(FIXED, window(1, 104), 104, 139),
                MessageRange.one(KEY, 11)));
  }

  @Test
  void withdraw_whileWaiting_ofTheOnlyOne_goesIdle() {
    KeyRow row = waiting(FIXED, window(1, 100), 100, 135);
    assertThat(CallerProtocol.withdraw(row, 11, null, at(120)))
        .isEqualTo(new Decision(Step.WITHDRAWN, null, MessageRange.one(KEY, 11)));
  }

  @Test
  void withdraw_whileWaiting_whatIsDueNow_staysSo() {
    KeyRow row = waiting(FIXED, dueNow(window(2, 100)), 104, 110);
    assertThat(CallerProtocol.withdraw(row, 11, stored.get(1), at(120)).row())
        .isEqualTo(waiting(FIXED, dueNow(window(1, 104)), 104, 110));
  }

  @Test
  void withdraw_whileWaiting_aFollowUpThatCountsFromItsCompletion_stillDoes() {
    WindowRow late = new WindowRow(2, at(142), at(163), false);
    KeyRow row = waiting(FIXED, late, 144, 198);
    assertThat(CallerProtocol.withdraw(row, 13, messages(100, 104, 142, 144).get(3), at(170)).row())
        .isEqualTo(waiting(FIXED, new WindowRow(1, at(144), at(163), false), 144, 198));
  }

  @Test
  void withdraw_whileRunning_takesALateMessage_andNoMember() {
    assertThat(CallerProtocol.withdraw(runningWithLate, 13, null, at(150)))
        .isEqualTo(new Decision(Step.WITHDRAWN, running142(), MessageRange.one(KEY, 13)));
    assertThat(CallerProtocol.withdraw(runningWithLate, 12, stored.get(2), at(150)))
        .isEqualTo(keep(Step.UNCHANGED, runningWithLate));
  }

  @Test
  void withdraw_whileRunning_withoutLateMessages_changesNothing() {
    assertThat(CallerProtocol.withdraw(running, 13, null, at(150)))
        .isEqualTo(keep(Step.UNCHANGED, running));
  }

  private static KeyRow running142() {
    return running(FIXED, null, 142, batch(9, 1, 135));
  }

  @Test
  void withdraw_whileBackingOff_takesALateMessage_andNoMember() {
    assertThat(CallerProtocol.withdraw(backingOff, 13, null, at(150)).row())
        .isEqualTo(backingOff(FIXED, null, 142, 180, batch(9, 2, 150)));
    assertThat(CallerProtocol.withdraw(backingOff, 11, stored.get(2), at(150)))
        .isEqualTo(keep(Step.UNCHANGED, backingOff));
  }

  // ---- erase

  @Test
  void erase_whileIdle_staysIdle() {
    assertThat(CallerProtocol.erase(null)).isEqualTo(keep(Step.ERASED, null));
  }

  @Test
  void erase_whileWaiting_goesIdle() {
    assertThat(CallerProtocol.erase(waiting)).isEqualTo(keep(Step.ERASED, null));
  }

  @Test
  void erase_whileRunning_keepsTheKey_withNothingInItsBatch_untilTheRunEnds() {
    KeyRow empty = running(FIXED, null, 142, emptied());
    assertThat(CallerProtocol.erase(extendedUntil(190, runningWithLate)))
        .isEqualTo(keep(Step.ERASED, empty));
    Instant end = at(163);
    assertThat(Protocol.returned(empty, 9, end).row()).isNull();
    assertThat(Protocol.failed(empty, 9, false, RETRY, end)).isEqualTo(keep(Step.VANISHED, null));
    assertThat(Protocol.released(empty, 9, RETRY.initialBackoff(), end))
        .isEqualTo(keep(Step.VANISHED, null));
    assertThat(Protocol.superseded(empty, 9, MOST, RETRY, end))
        .isEqualTo(keep(Step.VANISHED, null));
    assertThat(Protocol.recover(empty, RETRY, end)).isEqualTo(keep(Step.VANISHED, null));
    assertThat(MemberProtocol.unreadable(empty, batch(9, 1, 135), 1, at(100), 20, end))
        .isEqualTo(keep(Step.VANISHED, null));
  }

  private static BatchRow emptied() {
    BatchRow b = batch(9, 1, 135);
    return new BatchRow(
        b.id(), 9, 1, 0, b.throughSequence(), b.openedAt(), b.since(), b.recovered(), null);
  }

  @Test
  void erase_whileBackingOff_goesIdle() {
    assertThat(CallerProtocol.erase(backingOff)).isEqualTo(keep(Step.ERASED, null));
  }

  private static Decision keep(Step step, KeyRow row) {
    return new Decision(step, row, null);
  }
}
