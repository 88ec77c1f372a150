// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.testkit.simulation;

import io.github.debouncedbuffer.BufferListener;
import io.github.debouncedbuffer.testkit.checking.History;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Plays scenarios on the real engine over a store of one's choice, and checks all promises after
 * every step and at the end.
 *
 * <pre>{@code
 * Outcome outcome = Simulation.inMemory().play(Scenario.parse(line));
 * outcome.violation().ifPresent(v -> { throw v; });
 * }</pre>
 *
 * <p>Immutable and thread-safe, if the supplier of stores is: every call of {@link #play} is a
 * world of its own, on the calling thread.
 */
public final class Simulation {

  private static final int LAST_STEPS = 3_000;

  private final Supplier<StoreSource> sources;

  private Simulation(Supplier<StoreSource> sources) {
    this.sources = sources;
  }

  /**
   * Over the in-memory store.
   *
   * @return the simulation
   */
  public static Simulation inMemory() {
    return over(StoreSource::inMemory);
  }

  /**
   * Over any store.
   *
   * @param sources gives empty data for each scenario
   * @return the simulation
   */
  public static Simulation over(Supplier<StoreSource> sources) {
    return new Simulation(Objects.requireNonNull(sources, "sources"));
  }

  /**
   * What became of a scenario.
   *
   * @param violation the first promise that was broken; empty if all were kept
   * @param step the number of the operation at which that was, from 0; the number of all operations
   *     if it was in the drain, or nothing was broken
   * @param effective how many operations had an effect
   * @param coverage how often each event met each state
   * @param calls how many calls each transaction has made that the operations led to, in order; the
   *     first start's and the drain's are left out
   * @param history what happened, line by line; empty unless it was asked for
   */
  public record Outcome(
      Optional<Violation> violation,
      int step,
      int effective,
      Coverage coverage,
      List<Integer> calls,
      String history) {}

  /**
   * Plays a scenario to its end or to the first violation.
   *
   * @param scenario what happens
   * @return what became of it, without a history
   */
  public Outcome play(Scenario scenario) {
    return play(scenario, new BufferListener() {}, false);
  }

  /**
   * Plays a scenario and writes down all that happens.
   *
   * @param scenario what happens
   * @param listener is told of the buffer's steps, by the buffer itself
   * @return what became of it, with its history
   */
  public Outcome playInWords(Scenario scenario, BufferListener listener) {
    return play(scenario, listener, true);
  }

  /**
   * Plays a scenario and throws what it breaks, with the line that replays it, its history, and a
   * picture.
   *
   * @param scenario what happens
   * @param picture where to write the timeline, as an HTML page, if a promise was broken
   * @return what became of it
   * @throws AssertionError caused by the {@link Violation}
   */
  public Outcome verify(Scenario scenario, Path picture) {
    Outcome outcome = play(scenario);
    if (outcome.violation().isPresent()) {
      throw new AssertionError(Replay.of(this, scenario, picture), outcome.violation().get());
    }
    return outcome;
  }

  private Outcome play(Scenario scenario, BufferListener listener, boolean inWords) {
    try (StoreSource source = sources.get()) {
      World world = new World(scenario.setup(), source, listener, new History(inWords));
      Player player = new Player(world);
      world.open();
      world.count();
      List<Operation> operations = scenario.operations();
      int effective = 0;
      int step = 0;
      for (; step < operations.size() && world.violation() == null; step++) {
        effective += player.play(operations.get(step)) ? 1 : 0;
      }
      if (world.violation() == null) {
        drain(world, player);
      } else {
        step--;
      }
      @Nullable Violation violation = world.violation();
      return new Outcome(
          Optional.ofNullable(violation),
          step,
          effective + world.plans.used(),
          world.ledger.coverage,
          world.calls(),
          world.history.toString());
    }
  }

  /** Lets everything come to its end; what then is still pending never would. */
  private static void drain(World world, Player player) {
    world.drain();
    for (int i = 0; i < LAST_STEPS && world.violation() == null; i++) {
      Life life = world.life();
      for (Run run : List.copyOf(world.ledger.runs.values())) {
        if (run.isOpen()) {
          life.end(run, world.setup.drain() == Drain.FAIL ? Ending.THROW : Ending.RETURN);
        }
      }
      world.tasks(life.clock::runReady);
      player.settle();
      boolean idle = world.ledger.view.nothingPending() && world.ledger.runs.isEmpty();
      if (idle && life == world.life() && life.clock.readyTasks() == 0) {
        player.nothingIsLeft();
        return;
      }
      if (life == world.life() && life.isAlive()) {
        Duration next =
            life.clock
                .nextWakeUp()
                .map(at -> Duration.between(life.clock.now(), at))
                .orElse(Duration.ofSeconds(1));
        player.advance(next);
        player.settle();
      }
    }
    world.checked(
        () -> {
          throw new Violation(
              Promise.G3,
              "after all this time there is still pending\n" + world.ledger.view.inWords());
        });
  }
}
