// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.testkit.nodes;

import io.github.debouncedbuffer.testkit.checking.History;
import io.github.debouncedbuffer.testkit.simulation.Drain;
import io.github.debouncedbuffer.testkit.simulation.Promise;
import io.github.debouncedbuffer.testkit.simulation.Violation;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Plays scenarios on several nodes, each with a real buffer of its own, over one shared store of
 * one's choice: in one thread, by one virtual time. What the library promises of several nodes is
 * checked after every transaction, whenever all is quiet, and at the end.
 *
 * <pre>{@code
 * NodesSimulation.inMemory().verify(NodesScenario.parse(line));
 * }</pre>
 *
 * <p>Immutable and thread-safe, if the factory is: every call of {@link #play} is a world of its
 * own, on the calling thread.
 */
public final class NodesSimulation {

  private final SharedSource.Factory sources;

  private NodesSimulation(SharedSource.Factory sources) {
    this.sources = sources;
  }

  /**
   * Over shared memory.
   *
   * @return the simulation
   */
  public static NodesSimulation inMemory() {
    return over((lease, time) -> new SharedMemory("memory", lease, time));
  }

  /**
   * Over any store that nodes can share.
   *
   * @param sources gives empty data for each scenario
   * @return the simulation
   */
  public static NodesSimulation over(SharedSource.Factory sources) {
    return new NodesSimulation(Objects.requireNonNull(sources, "sources"));
  }

  /**
   * What became of a scenario.
   *
   * @param violation the first promise that was broken; empty if all were kept
   * @param step the number of the operation at which that was, from 0; the number of all operations
   *     if it was in the drain, or nothing was broken
   * @param effective how many operations had an effect
   * @param tally what has happened between the nodes
   * @param history what happened, line by line; empty unless it was asked for
   */
  public record Outcome(
      Optional<Violation> violation, int step, int effective, Tally tally, String history) {}

  /**
   * Plays a scenario to its end or to the first violation.
   *
   * @param scenario what happens
   * @return what became of it, without a history
   */
  public Outcome play(NodesScenario scenario) {
    return play(scenario, false);
  }

  /**
   * Plays a scenario and writes down all that happens.
   *
   * @param scenario what happens
   * @return what became of it, with its history
   */
  public Outcome playInWords(NodesScenario scenario) {
    return play(scenario, true);
  }

  /**
   * Plays a scenario and throws what it breaks, with the line that replays it and its history.
   *
   * @param scenario what happens
   * @return what became of it
   * @throws AssertionError caused by the {@link Violation}
   */
  public Outcome verify(NodesScenario scenario) {
    Outcome outcome = play(scenario);
    if (outcome.violation().isPresent()) {
      String lines = "%s%n%s".formatted(scenario, playInWords(scenario).history());
      throw new AssertionError(lines, outcome.violation().get());
    }
    return outcome;
  }

  private Outcome play(NodesScenario scenario, boolean inWords) {
    World world = new World(scenario, sources, new History(inWords));
    try {
      Player player = new Player(world);
      world.nodes.forEach(world::start);
      List<NodesOperation> operations = scenario.operations();
      int effective = 0;
      int step = 0;
      for (; step < operations.size() && world.violation() == null; step++) {
        effective += player.play(operations.get(step)) ? 1 : 0;
      }
      if (world.violation() != null) {
        step--;
      } else if (!player.drain(scenario.setup().drain() == Drain.FAIL)) {
        String left = "after all this time there is still pending\n";
        world.violated(new Violation(Promise.G3, left + world.ledger.view.inWords()));
      }
      return new Outcome(
          Optional.ofNullable(world.violation()),
          step,
          effective,
          world.ledger.tally,
          world.history.toString());
    } finally {
      world.close();
    }
  }
}
