// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.mutants;

import java.util.Optional;
import java.util.function.BiFunction;

/**
 * What a judge in a mutant's world has found first. The border between the worlds is crossed by an
 * array of strings, for each world has its own classes.
 *
 * @param promise which was violated, such as {@code G3}
 * @param scenario how many scenarios it took
 * @param step at which step of the last one, from 1
 * @param what was wrong, and the scenario
 */
record Verdict(String promise, int scenario, int step, String what) {

  /** Lets the judge of a mutant's world run so many scenarios from a seed. */
  @SuppressWarnings("unchecked")
  static Optional<Verdict> of(MutantLoader world, long seed, int scenarios) {
    BiFunction<Long, Integer, String[]> judge = world.make(Judge.class.getName(), BiFunction.class);
    return Optional.ofNullable(judge.apply(seed, scenarios)).map(Verdict::from);
  }

  String[] parts() {
    return new String[] {promise, String.valueOf(scenario), String.valueOf(step), what};
  }

  private static Verdict from(String[] parts) {
    return new Verdict(parts[0], Integer.parseInt(parts[1]), Integer.parseInt(parts[2]), parts[3]);
  }
}
