// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.internal;

import static io.github.debouncedbuffer.internal.Given.CAPPED;
import static io.github.debouncedbuffer.internal.Given.FIXED;
import static io.github.debouncedbuffer.internal.Given.KEY;
import static io.github.debouncedbuffer.internal.Given.at;
import static io.github.debouncedbuffer.internal.Given.backingOff;
import static io.github.debouncedbuffer.internal.Given.batch;
import static io.github.debouncedbuffer.internal.Given.dueNow;
import static io.github.debouncedbuffer.internal.Given.extendedUntil;
import static io.github.debouncedbuffer.internal.Given.running;
import static io.github.debouncedbuffer.internal.Given.waiting;
import static io.github.debouncedbuffer.internal.Given.window;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.debouncedbuffer.internal.Decision.Step;
import io.github.debouncedbuffer.spi.KeyRow;
import io.github.debouncedbuffer.spi.MessageRange;
import io.github.debouncedbuffer.spi.WindowRow;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The cells of the {@link Protocol}'s table for what callers ask, and that no cell is left out. */
class ProtocolTableAskTest {

  private static final WindowRow LATE = window(1, 142);

  private final KeyRow waiting = waiting(CAPPED, window(2, 100), 104, 135);
  private final KeyRow running = running(CAPPED, null, 104, batch(9, 1, 135));
  private final KeyRow runningWithLate = running(CAPPED, LATE, 142, batch(9, 1, 135));
  private final KeyRow backingOff = backingOff(CAPPED, null, 104, 180, batch(9, 1, 150));
  private final KeyRow backingOffWithLate = backingOff(CAPPED, LATE, 142, 180, batch(9, 1, 150));

  // ---- flush

  @Test
  void flush_whileIdle_changesNothing() {
    assertThat(CallerProtocol.flush(null, at(120))).isEqualTo(keep(Step.UNCHANGED, null));
  }

  @Test
  void flush_whileWaiting_isDueNow() {
    assertThat(CallerProtocol.flush(waiting, at(120)))
        .isEqualTo(keep(Step.FLUSHED, waiting(CAPPED, dueNow(window(2, 100)), 104, 120)));
  }

  @Test
  void flush_whileRunning_makesTheFollowUpDueNow() {
    assertThat(CallerProtocol.flush(runningWithLate, at(150)))
        .isEqualTo(keep(Step.FLUSHED, running(CAPPED, dueNow(LATE), 142, batch(9, 1, 135))));
  }

  @Test
  void flush_whileRunning_withoutLateMessages_changesNothing() {
    assertThat(CallerProtocol.flush(running, at(150))).isEqualTo(keep(Step.UNCHANGED, running));
  }

  @Test
  void flush_whileBackingOff_makesTheFollowUpDueNow_andLeavesTheBackoff() {
    assertThat(CallerProtocol.flush(backingOffWithLate, at(160)))
        .isEqualTo(
            keep(Step.FLUSHED, backingOff(CAPPED, dueNow(LATE), 142, 180, batch(9, 1, 150))));
  }

  @Test
  void flush_whileBackingOff_withoutLateMessages_changesNothing() {
    assertThat(CallerProtocol.flush(backingOff, at(160)))
        .isEqualTo(keep(Step.UNCHANGED, backingOff));
  }

  // ---- extend

  @Test
  void extend_whileIdle_changesNothing() {
    assertThat(CallerProtocol.extend(null, at(150), at(120))).isEqualTo(keep(Step.UNCHANGED, null));
  }

  @Test
  void extend_whileWaiting_isDueLater() {
    assertThat(CallerProtocol.extend(waiting, at(150), at(120)))
        .isEqualTo(
            keep(Step.EXTENDED, extendedUntil(150, waiting(CAPPED, window(2, 100), 104, 150))));
  }

  @Test
  void extend_whileWaiting_inAFixedWindowWithoutACap_isRefused() {
    KeyRow row = waiting(FIXED, window(2, 100), 104, 135);
    assertThat(CallerProtocol.extend(row, at(150), at(120))).isEqualTo(keep(Step.REFUSED, row));
  }

  @Test
  void extend_whileRunning_concernsTheFollowUp() {
    assertThat(CallerProtocol.extend(runningWithLate, at(190), at(150)))
        .isEqualTo(keep(Step.EXTENDED, extendedUntil(190, runningWithLate)));
  }

  @Test
  void extend_whileRunning_withoutLateMessages_concernsTheFollowUpToCome() {
    assertThat(CallerProtocol.extend(running, at(190), at(150)))
        .isEqualTo(keep(Step.EXTENDED, extendedUntil(190, running)));
  }

  @Test
  void extend_whileBackingOff_concernsTheFollowUp_andLeavesTheBackoff() {
    assertThat(CallerProtocol.extend(backingOffWithLate, at(190), at(160)))
        .isEqualTo(keep(Step.EXTENDED, extendedUntil(190, backingOffWithLate)));
  }

  @Test
  void extend_whileBackingOff_withoutLateMessages_concernsTheFollowUpToCome() {
    assertThat(CallerProtocol.extend(backingOff, at(190), at(160)))
        .isEqualTo(keep(Step.EXTENDED, extendedUntil(190, backingOff)));
  }

  // ---- discard

  @Test
  void discard_whileIdle_changesNothing() {
    assertThat(CallerProtocol.discard(null)).isEqualTo(keep(Step.UNCHANGED, null));
  }

  @Test
  void discard_whileWaiting_takesAll_andGoesIdle() {
    assertThat(CallerProtocol.discard(waiting))
        .isEqualTo(new Decision(Step.DISCARDED, null, MessageRange.after(KEY, 0)));
  }

  @Test
  void discard_whileRunning_takesTheLateMessagesOnly() {
    assertThat(CallerProtocol.discard(extendedUntil(190, runningWithLate)))
        .isEqualTo(
            new Decision(
                Step.DISCARDED,
                running(CAPPED, null, 142, batch(9, 1, 135)),
                MessageRange.after(KEY, 12)));
  }

  @Test
  void discard_whileRunning_withoutLateMessages_changesNothing() {
    assertThat(CallerProtocol.discard(running)).isEqualTo(keep(Step.UNCHANGED, running));
  }

  @Test
  void discard_whileBackingOff_takesTheBatchToo_andGoesIdle() {
    assertThat(CallerProtocol.discard(backingOffWithLate))
        .isEqualTo(new Decision(Step.DISCARDED, null, MessageRange.after(KEY, 0)));
  }

  // ---- the table itself

  @Test
  void stepsThatChangeNothing_areTheStaleTheUnchangedAndTheRefused() {
    assertThat(Arrays.stream(Step.values()).filter(step -> !keep(step, null).changes()))
        .containsExactly(Step.STALE, Step.UNCHANGED, Step.REFUSED);
  }

  /** If this fails, an event or a state was added to the protocol: name its cells and test them. */
  @Test
  void everyCell_hasATestOfItsName() {
    List<String> tests =
        Stream.of(
                ProtocolTableTest.class,
                ProtocolTableLeaseTest.class,
                ProtocolTableEndTest.class,
                ProtocolTableSupersedeTest.class,
                ProtocolTableMembersTest.class,
                ProtocolTableRemovalTest.class,
                ProtocolTableAskTest.class)
            .flatMap(type -> Arrays.stream(type.getDeclaredMethods()))
            .filter(method -> method.isAnnotationPresent(Test.class))
            .map(method -> method.getName() + "_")
            .toList();
    assertThat(cells())
        .hasSize(56)
        .allMatch(cell -> tests.stream().anyMatch(test -> test.startsWith(cell)));
  }

  /** They are decided about a batch that is known to run, so that no other cell can be met. */
  private static final List<String> OF_A_RUN_ALONE = List.of("absorb", "acknowledge", "rest");

  private static List<String> cells() {
    List<String> cells = new ArrayList<>();
    Stream.of(Protocol.class, MemberProtocol.class, CallerProtocol.class)
        .flatMap(type -> Arrays.stream(type.getDeclaredMethods()))
        .filter(method -> method.getReturnType() == Decision.class && !method.isSynthetic())
        .filter(method -> !OF_A_RUN_ALONE.contains(method.getName()))
        .forEach(
            event -> {
              for (String state : List.of("Idle", "Waiting", "Running", "BackingOff")) {
                cells.add(event.getName() + "_while" + state + "_");
              }
            });
    return cells;
  }

  private static Decision keep(Step step, KeyRow row) {
    return new Decision(step, row, null);
  }
}
