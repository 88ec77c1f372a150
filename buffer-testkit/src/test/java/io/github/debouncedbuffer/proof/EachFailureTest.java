// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.proof;

import io.github.debouncedbuffer.proof.EachFailure.Broken;
import io.github.debouncedbuffer.testkit.simulation.Replay;
import io.github.debouncedbuffer.testkit.simulation.Scenario;
import io.github.debouncedbuffer.testkit.simulation.Simulation;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every call that the engine makes of the store fails once, in each way, and all promises hold: the
 * buffer works on, or is closed and the next one finds everything.
 */
class EachFailureTest {

  @Test
  void inMemory_everyTransactionAndEveryCall_failsOnce() {
    Simulation simulation = Simulation.inMemory();
    EachFailure each = new EachFailure(simulation);
    for (Scenario scenario : EveryVerb.SCENARIOS) {
      for (Scenario drained : EachFailure.drained(scenario)) {
        passes(simulation, each.ofTransactions(drained));
      }
      passes(simulation, each.ofCalls(scenario));
    }
    Proof.write(
        "26-each-failure-in-memory",
        "in memory each store call failed once: %,d transactions, %,d calls inside",
        each.transactions(),
        each.calls());
  }

  @Test
  void onSqlite_everyTransaction_failsOnce(@TempDir Path directory) {
    Simulation simulation = SqliteSource.simulation(directory);
    EachFailure each = new EachFailure(simulation);
    for (Scenario scenario : EveryVerb.SCENARIOS) {
      passes(simulation, each.ofTransactions(scenario));
    }
    Proof.write(
        "27-each-failure-on-sqlite",
        "on SQLite each store call failed once: %,d transactions, %,d calls inside",
        each.transactions(),
        each.calls());
  }

  private static void passes(Simulation simulation, Optional<Broken> found) {
    found.ifPresent(
        broken -> {
          throw new AssertionError(
              Replay.of(simulation, broken.scenario(), Path.of("target", "timeline.html")),
              broken.violation());
        });
  }
}
