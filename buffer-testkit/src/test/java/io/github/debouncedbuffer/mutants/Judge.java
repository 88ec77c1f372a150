// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.mutants;

import io.github.debouncedbuffer.testkit.simulation.Scenario;
import io.github.debouncedbuffer.testkit.simulation.Scenarios;
import io.github.debouncedbuffer.testkit.simulation.Simulation;
import io.github.debouncedbuffer.testkit.simulation.Violation;
import java.util.PrimitiveIterator;
import java.util.function.BiFunction;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * Judges the product of the world that it is loaded in: the one place that knows the simulation.
 */
public final class Judge implements BiFunction<LongStream, String, String[]> {

  /** Made by name, in each world anew. */
  public Judge() {}

  /**
   * Draws a scenario from each seed, up to the first in which this promise is the first to break;
   * with an empty name, any promise. Null if there is none.
   */
  @Override
  public String @Nullable [] apply(LongStream seeds, String promise) {
    Simulation simulation = Simulation.inMemory();
    PrimitiveIterator.OfLong each = seeds.iterator();
    for (int i = 0; each.hasNext(); i++) {
      Scenario scenario = Scenarios.draw(each.nextLong());
      Simulation.Outcome outcome = simulation.play(scenario);
      Violation first = outcome.violation().orElse(null);
      if (first != null && (promise.isEmpty() || promise.equals(first.promise().name()))) {
        return new Verdict(first.promise().name(), i, outcome.step(), first.getMessage() + scenario)
            .parts();
      }
    }
    return null;
  }
}
