// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.proof;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.debouncedbuffer.spi.KeyState;
import io.github.debouncedbuffer.testkit.simulation.Campaign;
import io.github.debouncedbuffer.testkit.simulation.Coverage;
import io.github.debouncedbuffer.testkit.simulation.Event;
import io.github.debouncedbuffer.testkit.simulation.Finding;
import io.github.debouncedbuffer.testkit.simulation.Replay;
import io.github.debouncedbuffer.testkit.simulation.Simulation;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * All promises, over as many drawn scenarios as {@code -Dproof.scenarios} says (a hundredth of them
 * over SQLite), from a fresh seed each time, or from {@code -Dproof.seed}.
 */
class CampaignTest {

  private static final int SCENARIOS = Integer.getInteger("proof.scenarios", 200_000);
  private static final long SEED = Long.getLong("proof.seed", System.nanoTime());
  private static final int LEAST_VISITS = 1_000;
  private static final int CHECKED_FROM = 100_000;

  private static Campaign.Report run(String name, Simulation simulation, int scenarios) {
    Campaign.Report report =
        Campaign.of(simulation)
            .threads(Runtime.getRuntime().availableProcessors())
            .run(SEED, scenarios);
    Proof.write(name, "%s, seed %d: %s", name, SEED, report.inWords());
    report.finding().ifPresent(found -> failed(simulation, found));
    assertThat(report.scenarios()).isEqualTo(scenarios);
    assertThat(report.shortest()).isGreaterThanOrEqualTo(20);
    assertThat(report.effective()).isGreaterThan(report.operations() * 6 / 10);
    return report;
  }

  private static void failed(Simulation simulation, Finding found) {
    System.out.println(found.inWords());
    throw new AssertionError(
        Replay.of(simulation, found.shrunk(), Path.of("target", "timeline.html")),
        found.violation());
  }

  @Test
  void inMemory_allPromisesAreKept_andEveryCellIsVisited() {
    Campaign.Report report = run("20-in-memory", Simulation.inMemory(), SCENARIOS);
    Proof.write("21-cells", "%s", report.coverage());
    if (SCENARIOS >= CHECKED_FROM) {
      everyCellIsVisited(report.coverage());
    }
  }

  /** The impossible ones apart: a run ends only while it runs, and nothing is due of its own. */
  private static void everyCellIsVisited(Coverage coverage) {
    for (Event event : Event.values()) {
      switch (event) {
        case SUBMITTED, FLUSHED, EXTENDED, DISCARDED, WITHDRAWN, ERASED -> {
          visited(coverage, event, null);
          for (KeyState state : KeyState.values()) {
            visited(coverage, event, state);
          }
        }
        case DUE -> {
          visited(coverage, event, KeyState.WAITING);
          visited(coverage, event, KeyState.BACKING_OFF);
        }
        case ABSORBED, ACKNOWLEDGED, RETURNED, SUPERSEDED, FAILED, DIED, RELEASED, SET_APART ->
            visited(coverage, event, KeyState.RUNNING);
        case RECOVERED -> {
          for (KeyState state : KeyState.values()) {
            visited(coverage, event, state);
          }
        }
      }
    }
  }

  private static void visited(Coverage coverage, Event event, KeyState state) {
    assertThat(coverage.of(event, state))
        .as("%s while %s", event, state == null ? "idle" : state)
        .isGreaterThanOrEqualTo(LEAST_VISITS);
  }

  @Test
  void onSqlite_allPromisesAreKept(@TempDir Path directory) {
    run("22-on-sqlite", SqliteSource.simulation(directory), SCENARIOS / 100);
  }
}
