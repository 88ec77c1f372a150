// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.debouncedbuffer.RetryPolicy;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class BackoffTest {

  private static final RetryPolicy PLAIN = RetryPolicy.DEFAULT.jitter(0);
  private static final RetryPolicy STEEPEST =
      new RetryPolicy(1_000, Duration.ofNanos(1), 100, Duration.ofDays(365), 0);

  @Test
  void wait_growsByTheMultiplierWithEachAttempt() {
    assertThat(IntStream.rangeClosed(1, 5).mapToObj(n -> Backoff.after(n, 7, PLAIN)))
        .containsExactly(seconds(1), seconds(2), seconds(4), seconds(8), seconds(16));
  }

  @Test
  void wait_isCappedByMaxBackoff() {
    assertThat(Backoff.after(9, 7, PLAIN)).isEqualTo(seconds(256));
    assertThat(Backoff.after(10, 7, PLAIN)).isEqualTo(Duration.ofMinutes(5));
    assertThat(Backoff.after(1_000, 7, PLAIN)).isEqualTo(Duration.ofMinutes(5));
  }

  @Test
  void wait_withMultiplierOne_staysTheSame() {
    RetryPolicy even = new RetryPolicy(5, seconds(3), 1, seconds(60), 0);
    assertThat(Backoff.after(1, 7, even)).isEqualTo(seconds(3));
    assertThat(Backoff.after(1_000, 7, even)).isEqualTo(seconds(3));
  }

  /** A released claim is not counted, so that a batch can have fewer attempts than runs. */
  @Test
  void wait_afterNoCountedAttempt_isTheInitialOne() {
    assertThat(Backoff.after(0, 7, PLAIN)).isEqualTo(seconds(1));
  }

  @Test
  void wait_ofAThousandAttemptsAtTheSteepest_neverOverflowsNorShrinks() {
    Duration before = Duration.ZERO;
    for (int attempt = 1; attempt <= 1_000; attempt++) {
      Duration wait = Backoff.after(attempt, 7, STEEPEST);
      assertThat(wait).isBetween(before, STEEPEST.maxBackoff());
      before = wait;
    }
    assertThat(before).isEqualTo(STEEPEST.maxBackoff());
  }

  @Test
  void jitter_takesOffUpToItsShare_andNeverAdds() {
    assertThat(waitsOfManyBatches(0.2))
        .allMatch(wait -> wait > 0.8 && wait <= 1)
        .anyMatch(wait -> wait < 0.81)
        .anyMatch(wait -> wait > 0.99);
  }

  @Test
  void jitter_ofOne_spreadsOverTheWholeWait_andIsNeverNegative() {
    List<Double> waits = waitsOfManyBatches(1);
    assertThat(waits).allMatch(wait -> wait >= 0 && wait <= 1);
    assertThat(waits.stream().mapToDouble(wait -> wait).average().orElseThrow())
        .isBetween(0.48, 0.52);
  }

  @Test
  void jitter_differsBetweenBatches_andBetweenAttempts() {
    RetryPolicy even = new RetryPolicy(5, seconds(60), 1, seconds(60), 0.2);
    assertThat(LongStream.rangeClosed(1, 100).mapToObj(id -> Backoff.after(1, id, even)))
        .doesNotHaveDuplicates();
    assertThat(IntStream.rangeClosed(1, 100).mapToObj(n -> Backoff.after(n, 7, even)))
        .doesNotHaveDuplicates();
  }

  /** The numbers themselves: a replay, and the next release too, sees the same times (G18). */
  @Test
  void jitter_isTheSameForTheSameBatchAndAttempt_forEver() {
    RetryPolicy even = new RetryPolicy(5, seconds(60), 1, seconds(60), 1);
    assertThat(Backoff.after(1, 1, even)).isEqualTo(Duration.ofNanos(26_006_305_489L));
    assertThat(Backoff.after(2, 7, even)).isEqualTo(Duration.ofNanos(16_418_783_128L));
    assertThat(Backoff.after(5, Long.MAX_VALUE, even)).isEqualTo(Duration.ofNanos(34_505_628_025L));
  }

  /** What share of a wait of a minute is left after the jitter. */
  private static List<Double> waitsOfManyBatches(double jitter) {
    RetryPolicy even = new RetryPolicy(5, seconds(60), 1, seconds(60), jitter);
    return LongStream.rangeClosed(1, 10_000)
        .mapToDouble(id -> Backoff.after(1, id, even).toNanos() / 60e9)
        .boxed()
        .toList();
  }

  private static Duration seconds(long seconds) {
    return Duration.ofSeconds(seconds);
  }
}
