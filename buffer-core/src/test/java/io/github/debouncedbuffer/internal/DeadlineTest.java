// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.internal;

import static io.github.debouncedbuffer.internal.Given.at;
import static io.github.debouncedbuffer.internal.Given.fixed;
import static io.github.debouncedbuffer.internal.Given.quiet;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

/** G7, the arithmetic of it. */
class DeadlineTest {

  @Test
  void fixedWindow_waitsFromItsBase_whateverArrives() {
    assertThat(Deadline.dueAt(fixed(35, 35), at(0), at(30), null)).isEqualTo(at(35));
  }

  @Test
  void fixedWindow_withACap_staysWhereItIsUntilExtended() {
    assertThat(Deadline.dueAt(fixed(35, 60), at(0), at(30), null)).isEqualTo(at(35));
    assertThat(Deadline.dueAt(fixed(35, 60), at(0), at(30), at(50))).isEqualTo(at(50));
  }

  @Test
  void quietWindow_waitsFromTheNewestMessage() {
    assertThat(Deadline.dueAt(quiet(10, 35), at(0), at(12), null)).isEqualTo(at(22));
  }

  @Test
  void quietWindow_underTraffic_isDueAfterMaxWait() {
    assertThat(Deadline.dueAt(quiet(10, 35), at(0), at(25), null)).isEqualTo(at(35));
    assertThat(Deadline.dueAt(quiet(10, 35), at(0), at(26), null)).isEqualTo(at(35));
    assertThat(Deadline.dueAt(quiet(10, 35), at(0), at(3_000), null)).isEqualTo(at(35));
  }

  @Test
  void quietWindow_whoseBaseIsLaterThanItsMessages_waitsFromTheBase() {
    assertThat(Deadline.dueAt(quiet(10, 35), at(63), at(42), null)).isEqualTo(at(73));
  }

  @Test
  void extension_movesTheDueTimeOut_neverIn() {
    assertThat(Deadline.dueAt(quiet(10, 35), at(0), at(5), at(20))).isEqualTo(at(20));
    assertThat(Deadline.dueAt(quiet(10, 35), at(0), at(5), at(14))).isEqualTo(at(15));
    assertThat(Deadline.dueAt(quiet(10, 35), at(0), at(5), at(-99))).isEqualTo(at(15));
  }

  @Test
  void extension_isCappedByMaxWait() {
    assertThat(Deadline.dueAt(fixed(35, 60), at(0), at(0), at(61))).isEqualTo(at(60));
    assertThat(Deadline.dueAt(fixed(35, 35), at(0), at(0), at(61))).isEqualTo(at(35));
    assertThat(Deadline.dueAt(quiet(10, 35), at(0), at(0), Instant.MAX)).isEqualTo(at(35));
  }

  @Test
  void earlierAndLater_orderTwoTimes() {
    assertThat(Deadline.earlier(at(1), at(2))).isEqualTo(at(1));
    assertThat(Deadline.earlier(at(2), at(1))).isEqualTo(at(1));
    assertThat(Deadline.later(at(1), at(2))).isEqualTo(at(2));
    assertThat(Deadline.later(at(2), at(1))).isEqualTo(at(2));
    assertThat(Deadline.later(at(1), null)).isEqualTo(at(1));
  }
}
