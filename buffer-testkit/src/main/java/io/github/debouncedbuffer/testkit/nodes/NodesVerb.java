// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.testkit.nodes;

/**
 * What can happen in a scenario of several nodes. Every verb takes any numbers: a node, a key or an
 * index is meant modulo what there is, and what makes no sense does nothing. Times are seconds.
 */
public enum NodesVerb {
  /**
   * On node {@code a} submits to key {@code b}, without waiting. With {@code c > 0} under the
   * message id {@code c}.
   */
  SUBMIT(3),
  /** Node {@code a} runs the {@code b}-th of its tasks that are ready. */
  RUN(2),
  /**
   * Runs what is ready on all nodes, then lets {@code a} seconds pass, and everybody do what they
   * have to do meanwhile. What becomes ready at the very end is left for others to run.
   */
  ADVANCE(1),
  /** Node {@code a} stands still for {@code b} seconds, as in a long collection of garbage. */
  PAUSE(2),
  /** For {@code b} seconds the store cannot be reached from node {@code a}. */
  CUT(2),
  /**
   * The {@code b}-th transaction of node {@code a} from now takes effect, but its answer is lost.
   */
  LOSE(2),
  /** From now on nobody tells node {@code a} of earlier due times. */
  DEAF(1),
  /** Node {@code a} dies. */
  KILL(1),
  /** Node {@code a} begins to close its buffer. */
  CLOSE(1),
  /** Node {@code a} starts again, if it has died or closed. */
  START(1),
  /**
   * Ends the {@code a}-th open run, by the remainder of {@code b} and 3: 0 it returns, 1 it throws,
   * 2 it asks whether its batch is current, and returns if so.
   */
  END(2);

  private final int numbers;

  NodesVerb(int numbers) {
    this.numbers = numbers;
  }

  /**
   * How many numbers the verb takes.
   *
   * @return 1 to 3
   */
  public int numbers() {
    return numbers;
  }
}
