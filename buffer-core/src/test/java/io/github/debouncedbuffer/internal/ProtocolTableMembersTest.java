// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.internal;

import static io.github.debouncedbuffer.internal.Given.FIXED;
import static io.github.debouncedbuffer.internal.Given.KEY;
import static io.github.debouncedbuffer.internal.Given.at;
import static io.github.debouncedbuffer.internal.Given.backingOff;
import static io.github.debouncedbuffer.internal.Given.batch;
import static io.github.debouncedbuffer.internal.Given.extendedUntil;
import static io.github.debouncedbuffer.internal.Given.messages;
import static io.github.debouncedbuffer.internal.Given.running;
import static io.github.debouncedbuffer.internal.Given.superseded;
import static io.github.debouncedbuffer.internal.Given.window;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.debouncedbuffer.internal.Decision.Step;
import io.github.debouncedbuffer.spi.BatchRow;
import io.github.debouncedbuffer.spi.KeyRow;
import io.github.debouncedbuffer.spi.MessageRange;
import io.github.debouncedbuffer.spi.StoredMessage;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The parts of the {@link Protocol} in which members of a running batch come and go. */
class ProtocolTableMembersTest {

  private final KeyRow running = running(FIXED, null, 104, batch(9, 1, 135));
  private final KeyRow runningWithLate = running(FIXED, window(1, 142), 142, batch(9, 1, 135));
  private final KeyRow backingOff = backingOff(FIXED, window(1, 142), 142, 180, batch(9, 2, 150));

  /** Members 11 and 12 arrived at 100 and 104; 13 at 142 is late. */
  private final List<StoredMessage> stored = messages(100, 104, 142);

  @Test
  void aBatchIsCurrent_whileJustItRuns_withSomethingLeftInIt() {
    assertThat(Protocol.isCurrent(running, 9, 7)).isTrue();
    assertThat(Protocol.isCurrent(running, 8, 7)).isFalse();
    assertThat(Protocol.isCurrent(running, 9, 6)).isFalse();
    assertThat(Protocol.isCurrent(backingOff, 9, 7)).isFalse();
    assertThat(Protocol.isCurrent(CallerProtocol.erase(running).row(), 9, 7)).isFalse();
  }

  // ---- absorb, acknowledge: of a running batch alone, which the engine makes sure of

  @Test
  void absorb_takesAll_underANewId() {
    assertThat(
            MemberProtocol.absorb(
                extendedUntil(190, runningWithLate), stored.subList(2, 3), null, 20, at(150)))
        .isEqualTo(keep(Step.ABSORBED, running(FIXED, null, 142, grown(20, 3, 13))));
  }

  @Test
  void absorb_leavesTheRestLate_countingFromItsOldest() {
    KeyRow row = running(FIXED, window(2, 142), 144, batch(9, 1, 135));
    StoredMessage next = messages(100, 104, 142, 144).get(3);
    assertThat(MemberProtocol.absorb(row, stored.subList(2, 3), next, 20, at(150)))
        .isEqualTo(keep(Step.ABSORBED, running(FIXED, window(1, 144), 144, grown(20, 3, 13))));
  }

  private static BatchRow grown(long id, int messages, long through) {
    return new BatchRow(id, 9, 1, messages, through, at(100), at(135), false, null);
  }

  @Test
  void acknowledge_leavesTheRest_underANewId() {
    BatchRow rest = new BatchRow(20, 9, 1, 1, 12, at(104), at(135), false, null);
    assertThat(MemberProtocol.acknowledge(runningWithLate, 1, 11, at(104), 20))
        .isEqualTo(
            new Decision(
                Step.ACKNOWLEDGED,
                running(FIXED, window(1, 142), 142, rest),
                MessageRange.through(KEY, 11)));
  }

  @Test
  void rest_isDueAtOnce_asIfItHadNotRun_andIsNotSuperseded() {
    assertThat(MemberProtocol.rest(superseded(2, runningWithLate), 9, at(163)))
        .isEqualTo(
            keep(Step.RELEASED, backingOff(FIXED, window(1, 142), 142, 163, batch(9, 0, 163))));
  }

  private static Decision keep(Step step, KeyRow row) {
    return new Decision(step, row, null);
  }
}
