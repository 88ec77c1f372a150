// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.proof;

import io.github.debouncedbuffer.proof.EachFailure.Broken;
import io.github.debouncedbuffer.testkit.simulation.Scenario;
import io.github.debouncedbuffer.testkit.simulation.Simulation;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Lets each store call fail once, in the world that it is loaded in. */
public final class EachFailureJudge implements Function<@Nullable Path, String[]> {

  /** Made by name, in each world anew. */
  public EachFailureJudge() {}

  /**
   * Over SQLite in this folder, or in memory without one. Answers with the first promise that is
   * broken, and by what; with nothing if all are kept.
   */
  @Override
  public String[] apply(@Nullable Path folder) {
    return judge(folder == null ? Simulation.inMemory() : SqliteSource.simulation(folder))
        .map(EachFailureJudge::told)
        .orElse(new String[0]);
  }

  static Optional<Broken> judge(Simulation simulation) {
    EachFailure each = new EachFailure(simulation);
    for (Scenario scenario : EveryVerb.SCENARIOS) {
      Optional<Broken> found =
          each.ofTransactions(scenario).or(() -> each.ofCalls(scenario, EachFailure.OF_A_CALL));
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  private static String[] told(Broken broken) {
    return new String[] {
      broken.violation().promise().name(),
      broken.violation().getMessage() + " in " + broken.scenario()
    };
  }
}
