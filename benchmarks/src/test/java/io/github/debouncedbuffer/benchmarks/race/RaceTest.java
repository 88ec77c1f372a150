// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.benchmarks.race;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every contender runs, and the tally sees what goes wrong. */
class RaceTest {

  private static final Race RACE =
      new Race(
          2,
          20,
          Duration.ofMillis(100),
          Duration.ofMillis(20),
          Duration.ofMillis(1),
          Duration.ofMillis(500));

  @TempDir Path folder;

  static Stream<Contender> contenders() {
    return Stream.of(Contenders.durable(), Contenders.onPostgres(), Contenders.inMemory())
        .flatMap(List::stream)
        .distinct();
  }

  /**
   * How much a peer loses is what a race is for. How late ours is, is the machine's; all else may
   * not go wrong.
   */
  @ParameterizedTest
  @MethodSource("contenders")
  void everyContender_delivers(Contender contender) throws Exception {
    Race.Result result = RACE.run(contender, folder, 32);
    assertThat(result.accepted()).isPositive();
    assertThat(result.faults().never())
        .as(
            "of %d messages that %s accepted, never delivered",
            result.accepted(), contender.title())
        .isLessThan(Math.max(1, result.accepted() / 2));
    if (contender instanceof Ours || contender instanceof OursOnPostgres) {
      Tally.Faults faults = result.faults();
      assertThat(
              List.of(faults.never(), faults.duplicate(), faults.overlapping(), faults.reordered()))
          .containsOnly(0L);
    }
  }

  @Test
  void theTally_seesEachFault() {
    Tally tally = new Tally(10, Duration.ZERO, Duration.ZERO, Duration.ofNanos(1));
    for (int number = 0; number < 5; number++) {
      tally.submitting(number);
    }
    tally.handle("a", List.of("1 x"));
    tally.handle("a", List.of("0 x", "1 x"));
    Tally.Faults faults = tally.faults(5);
    assertThat(faults.never()).isEqualTo(3);
    assertThat(faults.duplicate()).isEqualTo(1);
    assertThat(faults.reordered()).isEqualTo(1);
    assertThat(faults.stranded()).isEqualTo(2);
  }

  @Test
  void theTally_countsLatenessFromTheEndOfAMessagesWindow() {
    assertThat(lateMillis(Duration.ZERO)).isPositive();
    assertThat(lateMillis(Duration.ofHours(1))).isZero();
  }

  private static double lateMillis(Duration window) {
    Tally tally = new Tally(2, window, Duration.ZERO, Duration.ofHours(2));
    tally.submitting(0);
    tally.submitting(1);
    tally.handle("a", List.of("0 x"));
    return tally.faults(2).lateMillis();
  }
}
