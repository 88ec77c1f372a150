// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.mutants;

import io.github.debouncedbuffer.testkit.nodes.NodesScenario;
import io.github.debouncedbuffer.testkit.nodes.NodesScenarios;
import io.github.debouncedbuffer.testkit.nodes.NodesSimulation;
import io.github.debouncedbuffer.testkit.simulation.Violation;
import java.util.PrimitiveIterator;
import java.util.function.BiFunction;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/** Judges the product of the world that it is loaded in by scenarios of several nodes. */
public final class NodesJudge implements BiFunction<LongStream, String, String[]> {

  /** Made by name, in each world anew. */
  public NodesJudge() {}

  /** As {@link Judge#apply} does. */
  @Override
  public String @Nullable [] apply(LongStream seeds, String promise) {
    NodesSimulation simulation = NodesSimulation.inMemory();
    PrimitiveIterator.OfLong each = seeds.iterator();
    for (int i = 0; each.hasNext(); i++) {
      NodesScenario scenario = NodesScenarios.draw(each.nextLong());
      NodesSimulation.Outcome outcome = simulation.play(scenario);
      Violation first = outcome.violation().orElse(null);
      if (first != null && (promise.isEmpty() || promise.equals(first.promise().name()))) {
        return new Verdict(first.promise().name(), i, outcome.step(), first.getMessage() + scenario)
            .parts();
      }
    }
    return null;
  }
}
