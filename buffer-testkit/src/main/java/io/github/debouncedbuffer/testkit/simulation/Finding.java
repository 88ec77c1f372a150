// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.testkit.simulation;

/**
 * A scenario in which a promise was broken, as small as it could be made. Immutable.
 *
 * @param seed of the scenario as it was drawn; {@link Scenarios#draw} gives it again
 * @param drawn the scenario as it was drawn
 * @param shrunk the smallest scenario that breaks the same promise
 * @param violation what the shrunk scenario breaks
 * @param step the operation of the shrunk scenario at which that is seen, from 0
 */
public record Finding(long seed, Scenario drawn, Scenario shrunk, Violation violation, int step) {

  /**
   * What was found and how to see it again: the seed, and the line that replays it.
   *
   * @return lines of text
   */
  public String inWords() {
    return """
        %s
        seed    %d, step %d of %d
        replay  java -cp <class path> %s "%s"
        """
        .formatted(
            violation.getMessage(),
            seed,
            step,
            shrunk.operations().size(),
            Replay.class.getName(),
            shrunk);
  }
}
