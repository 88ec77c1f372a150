// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.mutants;

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
    return Placeholder.run(seed, scenarios).map(Verdict::parts).orElse(null);
  }
}
