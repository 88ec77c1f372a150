// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.testkit.nodes;

import io.github.debouncedbuffer.testkit.checking.Shrinker;
import io.github.debouncedbuffer.testkit.simulation.Promise;
import io.github.debouncedbuffer.testkit.simulation.Violation;
import java.util.Objects;
import java.util.Optional;

/**
 * Many drawn scenarios of several nodes, one after the other, up to the first that breaks a
 * promise, which is then made small. The same seed and number give the same scenarios. Immutable
 * and thread-safe, if the simulation is.
 */
public final class NodesCampaign {

  private final NodesSimulation simulation;

  private NodesCampaign(NodesSimulation simulation) {
    this.simulation = simulation;
  }

  /**
   * A campaign on the calling thread.
   *
   * @param simulation over which store
   * @return the campaign
   */
  public static NodesCampaign of(NodesSimulation simulation) {
    return new NodesCampaign(Objects.requireNonNull(simulation, "simulation"));
  }

  /**
   * A scenario in which a promise was broken, as small as it could be made.
   *
   * @param seed of the scenario as it was drawn
   * @param shrunk the smallest scenario that breaks the same promise
   * @param violation what that breaks
   */
  public record Finding(long seed, NodesScenario shrunk, Violation violation) {

    /**
     * What was found and how to see it again: the seed, and the line that replays it.
     *
     * @return lines of text
     */
    public String inWords() {
      return "%s%nseed    %d%nreplay  java -cp <class path> %s \"%s\"%n"
          .formatted(violation.getMessage(), seed, NodesReplay.class.getName(), shrunk);
    }
  }

  /**
   * What a campaign has come to.
   *
   * @param scenarios how many were played
   * @param operations how many operations they had
   * @param effective how many of these had an effect
   * @param tally what has happened between the nodes
   * @param nanos how long it took
   * @param finding the first broken promise; empty if all were kept
   */
  public record Report(
      int scenarios,
      long operations,
      long effective,
      Tally tally,
      long nanos,
      Optional<Finding> finding) {

    /**
     * The figures in one line.
     *
     * @return scenarios, operations, what has happened, and how quickly
     */
    public String inWords() {
      double seconds = nanos / 1e9;
      return "%,d scenarios, %,d operations, %.0f %% effective, %s; %.1f s, %,.0f histories/s"
          .formatted(
              scenarios,
              operations,
              100.0 * effective / Math.max(1, operations),
              tally,
              seconds,
              scenarios / seconds);
    }
  }

  /**
   * Plays scenarios until one breaks a promise.
   *
   * @param seed of the first one; the others count up from it
   * @param scenarios how many at the most
   * @return what it has come to
   */
  public Report run(long seed, int scenarios) {
    long begin = System.nanoTime();
    Tally tally = new Tally();
    long operations = 0;
    long effective = 0;
    int played = 0;
    Optional<Finding> finding = Optional.empty();
    while (played < scenarios && finding.isEmpty()) {
      NodesScenario scenario = NodesScenarios.draw(seed + played);
      NodesSimulation.Outcome outcome = simulation.play(scenario);
      operations += scenario.operations().size();
      effective += outcome.effective();
      tally.add(outcome.tally());
      if (outcome.violation().isPresent()) {
        finding = Optional.of(finding(seed + played, scenario, outcome.violation().get()));
      }
      played++;
    }
    long nanos = System.nanoTime() - begin;
    return new Report(played, operations, effective, tally, nanos, finding);
  }

  private Finding finding(long seed, NodesScenario drawn, Violation violation) {
    Promise broken = violation.promise();
    NodesScenario shrunk =
        drawn.operations(
            Shrinker.shrunk(
                drawn.operations(),
                NodesOperation::simpler,
                fewer ->
                    simulation
                        .play(drawn.operations(fewer))
                        .violation()
                        .filter(v -> v.promise() == broken)
                        .isPresent()));
    return new Finding(seed, shrunk, simulation.play(shrunk).violation().orElseThrow());
  }
}
