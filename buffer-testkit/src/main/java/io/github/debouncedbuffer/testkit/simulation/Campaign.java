// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.testkit.simulation;

import io.github.debouncedbuffer.testkit.checking.Shrinker;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Many drawn scenarios, one after the other or on several threads, up to the first that breaks a
 * promise, which is then made small. The same seed and number give the same scenarios. Immutable
 * and thread-safe.
 */
public final class Campaign {

  private final Simulation simulation;
  private final int threads;

  private Campaign(Simulation simulation, int threads) {
    this.simulation = simulation;
    this.threads = threads;
  }

  /**
   * A campaign on one thread, the calling one.
   *
   * @param simulation over which store
   * @return the campaign
   */
  public static Campaign of(Simulation simulation) {
    return new Campaign(Objects.requireNonNull(simulation, "simulation"), 1);
  }

  /**
   * The same on so many threads.
   *
   * @param count at least 1
   * @return the changed campaign
   */
  public Campaign threads(int count) {
    if (count < 1) {
      throw new IllegalArgumentException("threads " + count + " must be at least 1");
    }
    return new Campaign(simulation, count);
  }

  /**
   * What a campaign has come to.
   *
   * @param scenarios how many were played
   * @param shortest the fewest operations that one of them had
   * @param operations how many operations all had
   * @param effective how many of these had an effect
   * @param coverage how often each event met each state
   * @param nanos how long it took
   * @param finding the first broken promise; empty if all were kept
   */
  public record Report(
      int scenarios,
      int shortest,
      long operations,
      long effective,
      Coverage coverage,
      long nanos,
      Optional<Finding> finding) {

    /**
     * The figures in one line.
     *
     * @return scenarios, operations, share of effective ones, histories per second
     */
    public String inWords() {
      double seconds = nanos / 1e9;
      return "%,d scenarios, %,d operations, %.0f %% effective, %.1f s, %,.0f histories/s"
          .formatted(
              scenarios,
              operations,
              100.0 * effective / Math.max(1, operations),
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
    AtomicBoolean found = new AtomicBoolean();
    AtomicInteger next = new AtomicInteger();
    Callable<Part> worker =
        () -> {
          Part part = new Part();
          int index = next.getAndIncrement();
          while (index < scenarios && !found.get()) {
            if (part.played(simulation, seed + index)) {
              found.set(true);
            }
            index = next.getAndIncrement();
          }
          return part;
        };
    List<Part> parts = threads == 1 ? List.of(called(worker)) : onThreads(worker);
    return report(parts, begin);
  }

  private List<Part> onThreads(Callable<Part> worker) {
    ExecutorService executor = Executors.newFixedThreadPool(threads);
    try {
      List<Future<Part>> running = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        running.add(executor.submit(worker));
      }
      List<Part> parts = new ArrayList<>();
      for (Future<Part> each : running) {
        parts.add(called(each::get));
      }
      return parts;
    } finally {
      executor.shutdownNow();
    }
  }

  private static Part called(Callable<Part> worker) {
    try {
      return worker.call();
    } catch (ExecutionException thrown) {
      throw new IllegalStateException("a scenario could not be played", thrown.getCause());
    } catch (RuntimeException thrown) {
      throw thrown;
    } catch (Exception thrown) {
      throw new IllegalStateException("a scenario could not be played", thrown);
    }
  }

  private Report report(List<Part> parts, long begin) {
    int scenarios = 0;
    int shortest = Integer.MAX_VALUE;
    long operations = 0;
    long effective = 0;
    Coverage coverage = new Coverage();
    @Nullable Long first = null;
    for (Part part : parts) {
      scenarios += part.scenarios;
      shortest = Math.min(shortest, part.shortest);
      operations += part.operations;
      effective += part.effective;
      coverage.add(part.coverage);
      Long seed = part.broken;
      first = first == null || (seed != null && seed < first) ? seed : first;
    }
    Optional<Finding> finding = Optional.ofNullable(first).map(this::finding);
    long nanos = System.nanoTime() - begin;
    return new Report(scenarios, shortest, operations, effective, coverage, nanos, finding);
  }

  private Finding finding(long seed) {
    Scenario drawn = Scenarios.draw(seed);
    Promise broken = simulation.play(drawn).violation().orElseThrow().promise();
    Predicate<Scenario> breaksIt =
        smaller ->
            simulation.play(smaller).violation().filter(v -> v.promise() == broken).isPresent();
    Setup setup = drawn.setup();
    Scenario shrunk =
        new Scenario(
            setup,
            Shrinker.shrunk(
                drawn.operations(),
                Operation::simpler,
                operations -> breaksIt.test(new Scenario(setup, operations))));
    Simulation.Outcome outcome = simulation.play(shrunk);
    return new Finding(seed, drawn, shrunk, outcome.violation().orElseThrow(), outcome.step());
  }

  /** What one thread has played. */
  private static final class Part {
    private int scenarios;
    private int shortest = Integer.MAX_VALUE;
    private long operations;
    private long effective;
    private final Coverage coverage = new Coverage();
    private @Nullable Long broken;

    boolean played(Simulation simulation, long seed) {
      Scenario scenario = Scenarios.draw(seed);
      Simulation.Outcome outcome = simulation.play(scenario);
      scenarios++;
      shortest = Math.min(shortest, scenario.operations().size());
      operations += scenario.operations().size();
      effective += outcome.effective();
      coverage.add(outcome.coverage());
      broken = outcome.violation().isPresent() ? Long.valueOf(seed) : null;
      return broken != null;
    }
  }
}
