// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.debouncedbuffer.spi.KeyRow;
import io.github.debouncedbuffer.spi.KeyState;
import io.github.debouncedbuffer.spi.StoreStats;
import io.github.debouncedbuffer.spi.WindowRow;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** S3, S4, S9 and S10: key rows, due times and recovery. */
class InMemoryKeyRowTest extends InMemoryGiven {

  @Test
  void S3_lockDue_givesTheEarliestFirst_nowIncluded_noMoreThanTheLimit() {
    change(
        tx ->
            tx.save(
                List.of(
                    waiting("d", 8),
                    backingOff("b", 3, 0, false),
                    waiting("c", 5),
                    running("r"),
                    waiting("a", 1))));
    assertThat(dueKeys(5, 10, true)).containsExactly("a", "b", "c");
    assertThat(dueKeys(5, 2, true)).containsExactly("a", "b");
    assertThat(dueKeys(0, 10, true)).isEmpty();
  }

  @Test
  void S3_lockDue_givesWholeRows_asSavedLast() {
    change(tx -> tx.save(List.of(waiting("a", 5, 0))));
    change(tx -> tx.save(List.of(waiting("a", 5, 3)))); // same due time, other contents
    change(tx -> assertThat(tx.lockDue(at(5), 1, false)).containsExactly(waiting("a", 5, 3)));
  }

  @Test
  void S3_lockDue_leavesRecoveredOnesOut_orSortsThemIn() {
    change(
        tx ->
            tx.save(
                List.of(
                    backingOff("r1", 1, 0, true),
                    waiting("a", 2),
                    backingOff("r2", 3, 0, true),
                    waiting("b", 4))));
    assertThat(dueKeys(9, 10, false)).containsExactly("a", "b");
    assertThat(dueKeys(9, 10, true)).containsExactly("r1", "a", "r2", "b");
    assertThat(dueKeys(9, 3, true)).containsExactly("r1", "a", "r2");
  }

  @Test
  void S3_dueTimes_followTheRow() {
    change(tx -> tx.save(List.of(waiting("a", 2))));
    change(tx -> tx.save(List.of(waiting("a", 6))));
    assertThat(dueKeys(5, 10, true)).isEmpty();
    change(tx -> tx.save(List.of(running("a"))));
    assertThat(dueKeys(9, 10, true)).isEmpty();
    change(tx -> tx.save(List.of(backingOff("a", 7, 0, true))));
    assertThat(dueKeys(9, 10, false)).isEmpty();
    change(tx -> tx.save(List.of(backingOff("a", 7, 0, false))));
    assertThat(dueKeys(9, 10, false)).containsExactly("a");
    change(tx -> tx.remove(List.of("a")));
    assertThat(dueKeys(9, 10, true)).isEmpty();
  }

  @Test
  void S4_lockForRecovery_givesRunning_andWhatAClockAheadHasWritten() {
    change(
        tx ->
            tx.save(
                List.of(
                    running("running"),
                    waiting("fine", 50, 10),
                    waiting("ahead", 50, 11),
                    backingOff("fineToo", 50, 10, false),
                    backingOff("aheadToo", 50, 11, false))));
    change(
        tx ->
            assertThat(keys(tx.lockForRecovery(at(10), 100)))
                .containsExactlyInAnyOrder("running", "ahead", "aheadToo"));
  }

  @Test
  void S4_lockForRecovery_againAndAgain_untilNothingIsLeft() {
    change(tx -> tx.save(List.of(running("a"), running("b"), running("c"))));
    List<String> seen = new ArrayList<>();
    change(
        tx -> {
          for (var rows = tx.lockForRecovery(at(1), 2);
              !rows.isEmpty();
              rows = tx.lockForRecovery(at(1), 2)) {
            assertThat(rows).hasSizeLessThanOrEqualTo(2);
            assertThat(seen).as("comes to an end").hasSizeLessThan(3);
            seen.addAll(keys(rows));
            rows.forEach(row -> tx.save(List.of(backingOff(row.key(), 9, 1, true))));
          }
        });
    assertThat(seen).containsExactlyInAnyOrder("a", "b", "c");
  }

  @Test
  void S9_row_readsBackEqual_andIsReplacedWhole() {
    var window = new WindowRow(3, at(2), at(4), true);
    var full =
        new KeyRow(
            "a",
            KeyState.BACKING_OFF,
            at(1),
            at(3),
            at(5).plusNanos(1),
            at(6),
            POLICY,
            window,
            batch(7, true));
    change(tx -> tx.save(List.of(full)));
    change(tx -> assertThat(tx.lock(List.of("a"))).containsEntry("a", full));
    change(tx -> tx.save(List.of(waiting("a", 9))));
    change(tx -> assertThat(tx.lock(List.of("a"))).containsEntry("a", waiting("a", 9)));
  }

  @Test
  void S9_keyThatWentIdle_leavesNothing() {
    append(withId("a", "1"), message("a", "2"));
    change(tx -> tx.save(List.of(waiting("a", 5))));
    change(tx -> tx.save(List.of(running("a"))));
    change(
        tx -> {
          tx.delete(List.of(all("a")), at(10));
          tx.remove(List.of("a", "absent"));
          tx.forgetIds(at(10), 10);
        });
    assertThat(stats()).isEqualTo(new StoreStats(0, 0, 0, 0, 0, 0, null, 0));
    assertThat(sizesInside(store))
        .isNotEmpty()
        .allSatisfy((name, size) -> assertThat(size).as(name).isZero());
  }

  @Test
  void S9_keyThatARollbackMadeIdle_leavesNothing() {
    changeAndFail(
        tx -> {
          tx.append(List.of(withId("a", "1")));
          tx.save(List.of(backingOff("a", 5, 0, true)));
        });
    assertThat(sizesInside(store))
        .isNotEmpty()
        .allSatisfy((name, size) -> assertThat(size).as(name).isZero());
  }

  @Test
  void S10_nextDue_isTheEarliestOfAll() {
    change(tx -> assertThat(tx.nextDue(true)).isEmpty());
    change(tx -> tx.save(List.of(running("x"), waiting("a", 5), backingOff("r", 3, 0, true))));
    change(
        tx -> {
          assertThat(tx.nextDue(true)).contains(at(3));
          assertThat(tx.nextDue(false)).contains(at(5));
          tx.lockDue(at(9), 9, true);
          assertThat(tx.nextDue(true)).contains(at(3)); // locked or not
          tx.save(List.of(waiting("b", 1)));
          assertThat(tx.nextDue(true)).contains(at(1));
          tx.remove(List.of("a", "b"));
          assertThat(tx.nextDue(false)).isEmpty();
        });
  }
}
