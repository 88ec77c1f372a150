// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.proof;

import io.github.debouncedbuffer.BufferListener;
import io.github.debouncedbuffer.testkit.simulation.Drain;
import io.github.debouncedbuffer.testkit.simulation.Failure;
import io.github.debouncedbuffer.testkit.simulation.Operation;
import io.github.debouncedbuffer.testkit.simulation.Scenario;
import io.github.debouncedbuffer.testkit.simulation.Simulation;
import io.github.debouncedbuffer.testkit.simulation.Simulation.Outcome;
import io.github.debouncedbuffer.testkit.simulation.Verb;
import io.github.debouncedbuffer.testkit.simulation.Violation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Plays a scenario without failures, and then again and again: with each of its transactions
 * failing once, in each way, and with each call inside each of them.
 */
final class EachFailure {

  private static final List<Failure> FAILURES = List.of(Failure.values());

  /** What a single statement can say; the others are said of a commit. */
  static final List<Failure> OF_A_CALL =
      List.of(Failure.BUSY, Failure.FULL, Failure.UNAVAILABLE, Failure.CORRUPT);

  private final Simulation simulation;
  private int transactions;
  private int calls;

  /** Over this store. */
  EachFailure(Simulation simulation) {
    this.simulation = simulation;
  }

  /** A scenario that broke a promise. */
  record Broken(Violation violation, Scenario scenario) {}

  /** How many times a transaction failed as a whole. */
  int transactions() {
    return transactions;
  }

  /** How many times a transaction failed at a call inside. */
  int calls() {
    return calls;
  }

  /** The scenario under all three drains. */
  static List<Scenario> drained(Scenario scenario) {
    return Stream.of(Drain.values())
        .map(drain -> new Scenario(scenario.setup().drain(drain), scenario.operations()))
        .toList();
  }

  /** Lets each transaction of the scenario fail, up to the first promise that is broken. */
  Optional<Broken> ofTransactions(Scenario scenario) {
    int count = unharmed(scenario).size();
    for (int n = 0; n < count; n++) {
      for (Operation failure : failures(n)) {
        Outcome outcome = play(scenario, List.of(failure));
        if (outcome.violation().isPresent()) {
          return broken(outcome, scenario, List.of(failure));
        }
        transactions++;
      }
    }
    return Optional.empty();
  }

  /** Lets each call inside each transaction fail, up to the first promise that is broken. */
  Optional<Broken> ofCalls(Scenario scenario, List<Failure> kinds) {
    List<Integer> made = unharmed(scenario);
    for (int n = 0; n < made.size(); n++) {
      for (int call = 0; call < made.get(n); call++) {
        for (Failure kind : kinds) {
          List<Operation> failure = List.of(failIn(n, kind), Operation.of(Verb.AT_CALL, call));
          Outcome outcome = play(scenario, failure);
          if (outcome.violation().isPresent()) {
            return broken(outcome, scenario, failure);
          }
          require(outcome.calls().get(n) == call + 1, "the engine went on after " + failure);
          calls++;
        }
      }
    }
    return Optional.empty();
  }

  /** How many calls each transaction makes if nothing fails. */
  private List<Integer> unharmed(Scenario scenario) {
    Outcome outcome = simulation.play(scenario);
    outcome
        .violation()
        .ifPresent(
            broken -> {
              throw new AssertionError("without a failure: " + scenario, broken);
            });
    return outcome.calls();
  }

  private static List<Operation> failures(int n) {
    List<Operation> all = new ArrayList<>();
    FAILURES.forEach(kind -> all.add(failIn(n, kind)));
    all.add(Operation.of(Verb.CRASH_IN, n, 0));
    all.add(Operation.of(Verb.CRASH_IN, n, 1));
    return all;
  }

  private static Operation failIn(int n, Failure kind) {
    return Operation.of(Verb.FAIL_IN, n, FAILURES.indexOf(kind));
  }

  private Outcome play(Scenario scenario, List<Operation> failure) {
    Scenario harmed = harmed(scenario, failure);
    Outcome outcome = simulation.playInWords(harmed, new BufferListener() {});
    require(outcome.history().contains("fault"), "nothing failed: " + harmed);
    return outcome;
  }

  private static Optional<Broken> broken(
      Outcome outcome, Scenario scenario, List<Operation> failure) {
    return outcome.violation().map(found -> new Broken(found, harmed(scenario, failure)));
  }

  private static Scenario harmed(Scenario scenario, List<Operation> failure) {
    return new Scenario(
        scenario.setup(), Stream.concat(failure.stream(), scenario.operations().stream()).toList());
  }

  private static void require(boolean holds, String what) {
    if (!holds) {
      throw new AssertionError(what);
    }
  }
}
