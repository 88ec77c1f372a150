// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.mutants;

import io.github.debouncedbuffer.testkit.simulation.Scenario;
import io.github.debouncedbuffer.testkit.simulation.Scenarios;
import io.github.debouncedbuffer.testkit.simulation.Simulation;
import io.github.debouncedbuffer.testkit.simulation.Violation;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * Judges the product of the world that it is loaded in: the one place that knows the simulation.
 */
public final class Judge implements BiFunction<Long, Integer, String[]> {

  /** Made by name, in each world anew. */
  public Judge() {}

  /** The first finding of so many scenarios from a seed; null if there is none. */
  @Override
  public String[] apply(Long seed, Integer scenarios) {
    Simulation simulation = Simulation.inMemory();
    for (int i = 0; i < scenarios; i++) {
      Scenario scenario = Scenarios.draw(seed + i);
      Simulation.Outcome outcome = simulation.play(scenario);
      Optional<Violation> broken = outcome.violation();
      if (broken.isPresent()) {
        Violation violation = broken.get();
        return new Verdict(
                violation.promise().name(), i, outcome.step(), violation.getMessage() + scenario)
            .parts();
      }
    }
    return null;
  }
}
