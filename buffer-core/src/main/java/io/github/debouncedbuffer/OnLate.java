// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer;

/**
 * What a message that arrives while its key's batch runs does to that run. Immutable.
 *
 * @param maxSupersedes so many runs of a key in a row may be superseded, then one runs undisturbed;
 *     0 to 1,000; with 0 late messages wait for the follow-up
 * @param interrupts whether the handler's thread is interrupted, too
 */
public record OnLate(int maxSupersedes, boolean interrupts) {

  private static final int DEFAULT_SUPERSEDES = 2;

  /**
   * Checks the parts.
   *
   * @param maxSupersedes see above
   * @param interrupts see above
   * @throws IllegalArgumentException if one is out of range
   */
  public OnLate {
    if (maxSupersedes < 0 || maxSupersedes > 1_000) {
      throw new IllegalArgumentException(
          "maxSupersedes " + maxSupersedes + " must be from 0 to 1,000");
    }
  }

  /**
   * Late messages wait for the follow-up, and the run goes on undisturbed: the default.
   *
   * @return the rule
   */
  public static OnLate collect() {
    return new OnLate(0, false);
  }

  /**
   * The run is told, by {@link Batch#superseded} and {@link Batch#ensureCurrent}; if it then ends
   * with {@link SupersededException}, its messages and the late ones form one new batch. At most 2
   * runs in a row.
   *
   * @return the rule
   */
  public static OnLate supersede() {
    return new OnLate(DEFAULT_SUPERSEDES, false);
  }

  /**
   * Sets how many runs in a row may be superseded.
   *
   * @param inARow 1 to 1,000
   * @return the changed rule
   */
  public OnLate atMost(int inARow) {
    if (inARow < 1) {
      throw new IllegalArgumentException(
          "inARow " + inARow + " must be at least 1; collect() is the rule without supersedes");
    }
    return new OnLate(inARow, interrupts);
  }

  /**
   * Interrupts the thread that calls the handler, too, once for each run. What the handler throws
   * decides as ever: an {@link InterruptedException} that is passed on is a failure, so catch it
   * and call {@link Batch#ensureCurrent}. A stage that was returned is not cancelled.
   *
   * @return the changed rule
   */
  public OnLate interrupting() {
    return new OnLate(maxSupersedes, true);
  }
}
