// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.debouncedbuffer.testkit.simulation.Campaign;
import io.github.debouncedbuffer.testkit.simulation.Finding;
import io.github.debouncedbuffer.testkit.simulation.Replay;
import io.github.debouncedbuffer.testkit.simulation.Simulation;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/**
 * All promises, over drawn scenarios from a fresh seed each time, or from {@code -Dproof.seed}; as
 * many as {@code -Dproof.postgres} says. Here the store has its data alone: what nodes do to each
 * other is shown elsewhere.
 */
class CampaignTest {

  private static final int SCENARIOS = Integer.getInteger("proof.postgres", 150);
  private static final long SEED = Long.getLong("proof.seed", System.nanoTime());

  @Test
  void onPostgres_allPromisesAreKept() {
    Simulation simulation = PostgresSource.simulation();
    Campaign.Report report =
        Campaign.of(simulation)
            .threads(Runtime.getRuntime().availableProcessors())
            .run(SEED, SCENARIOS);
    System.out.printf("on PostgreSQL, seed %d: %s%n", SEED, report.inWords());
    report.finding().ifPresent(found -> failed(simulation, found));
    assertThat(report.scenarios()).isEqualTo(SCENARIOS);
    assertThat(report.shortest()).isGreaterThanOrEqualTo(20);
    assertThat(report.effective()).isGreaterThan(report.operations() * 6 / 10);
  }

  private static void failed(Simulation simulation, Finding found) {
    System.out.println(found.inWords());
    throw new AssertionError(
        Replay.of(simulation, found.shrunk(), Path.of("target", "timeline.html")),
        found.violation());
  }
}
