// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.testkit.nodes;

/** Plays a scenario of several nodes again, over shared memory, and prints its history. */
public final class NodesReplay {

  private NodesReplay() {}

  /**
   * Plays and prints.
   *
   * @param arguments the scenario's line, as one argument
   */
  public static void main(String[] arguments) {
    if (arguments.length != 1) {
      System.err.println("one argument: the line of a scenario, in quotes");
      return;
    }
    NodesScenario scenario = NodesScenario.parse(arguments[0]);
    NodesSimulation.Outcome outcome = NodesSimulation.inMemory().playInWords(scenario);
    System.out.println(outcome.history());
    System.out.println(outcome.violation().map(Throwable::getMessage).orElse("all is kept"));
  }
}
