// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.mutants;

import java.util.Optional;
import java.util.function.BiFunction;
import java.util.stream.LongStream;

/**
 * What a judge in a mutant's world has found. The border between the worlds is crossed by an array
 * of strings, for each world has its own classes.
 *
 * @param promise which was violated, such as {@code G3}
 * @param scenario how many scenarios it took
 * @param step at which step of the last one, from 1
 * @param what was wrong, and the scenario
 */
record Verdict(String promise, int scenario, int step, String what) {

  /** Lets the judge of a mutant's world look for a scenario in which any promise breaks. */
  static Optional<Verdict> any(MutantLoader world, LongStream seeds) {
    return of(world, seeds, "");
  }

  /** The same, for one in which this promise breaks, and none before it. */
  static Optional<Verdict> of(MutantLoader world, LongStream seeds, String promise) {
    return by(Judge.class, world, seeds, promise);
  }

  /** The same by another judge. */
  @SuppressWarnings("unchecked")
  static Optional<Verdict> by(
      Class<?> judgeClass, MutantLoader world, LongStream seeds, String promise) {
    BiFunction<LongStream, String, String[]> judge =
        world.make(judgeClass.getName(), BiFunction.class);
    return Optional.ofNullable(judge.apply(seeds, promise)).map(Verdict::from);
  }

  String[] parts() {
    return new String[] {promise, String.valueOf(scenario), String.valueOf(step), what};
  }

  private static Verdict from(String[] parts) {
    return new Verdict(parts[0], Integer.parseInt(parts[1]), Integer.parseInt(parts[2]), parts[3]);
  }
}
