// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.testkit.jqwik;

import io.github.debouncedbuffer.FollowUp;
import io.github.debouncedbuffer.testkit.simulation.Drain;
import io.github.debouncedbuffer.testkit.simulation.Operation;
import io.github.debouncedbuffer.testkit.simulation.Scenario;
import io.github.debouncedbuffer.testkit.simulation.Setup;
import io.github.debouncedbuffer.testkit.simulation.Verb;
import java.util.EnumSet;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/**
 * jqwik's arbitraries for scenarios: plain lists of total operations, so that they shrink to a few.
 *
 * <pre>{@code
 * @Provide
 * Arbitrary<Scenario> scenarios() {
 *   return ScenarioArbitraries.scenarios(EnumSet.of(Verb.SUBMIT, Verb.ADVANCE, Verb.CRASH));
 * }
 *
 * @Property
 * void nothingIsLost(@ForAll("scenarios") Scenario scenario) {
 *   Simulation.over(MyStores::new).verify(scenario, Path.of("target/timeline.html"));
 * }
 * }</pre>
 */
public final class ScenarioArbitraries {

  private static final int SHORTEST = 20;
  private static final int LONGEST = 50;
  private static final int MOST_SECONDS = 90;

  private ScenarioArbitraries() {}

  /**
   * Scenarios of all verbs.
   *
   * @return the arbitrary
   */
  public static Arbitrary<Scenario> scenarios() {
    return scenarios(EnumSet.allOf(Verb.class));
  }

  /**
   * Scenarios of 20 to 50 operations of some verbs.
   *
   * @param verbs at least one
   * @return the arbitrary
   */
  public static Arbitrary<Scenario> scenarios(Set<Verb> verbs) {
    return Combinators.combine(
            setups(), operations(verbs).list().ofMinSize(SHORTEST).ofMaxSize(LONGEST))
        .as(Scenario::new);
  }

  /**
   * Setups of buffers; their drain is one of the three.
   *
   * @return the arbitrary
   */
  public static Arbitrary<Setup> setups() {
    Arbitrary<Integer> waits = Arbitraries.of(35, 10, 5, 1);
    Arbitrary<Integer> more = Arbitraries.of(0, 5, 30);
    Arbitrary<Integer> few = Arbitraries.of(1, 2, 3);
    return Combinators.combine(
            Arbitraries.of(false, true),
            waits,
            more,
            Arbitraries.of(100, 1, 2, 3),
            Arbitraries.of(FollowUp.class),
            few,
            Combinators.combine(few, few).as((workers, keys) -> new int[] {workers, keys}),
            Combinators.combine(
                    Arbitraries.of(600, 30, 0),
                    Arbitraries.of(0, 1, 2),
                    Arbitraries.of(Drain.class))
                .as(Ending::new))
        .as(
            (quiet, wait, extra, batch, timing, attempts, size, end) ->
                new Setup(
                    quiet,
                    wait,
                    wait + extra,
                    batch,
                    timing,
                    attempts,
                    size[0],
                    size[1],
                    end.retention,
                    end.supersedes,
                    end.drain));
  }

  private record Ending(int retention, int supersedes, Drain drain) {}

  /**
   * Single operations.
   *
   * @param verbs at least one
   * @return the arbitrary; submitting and running tasks come more often than the others
   */
  public static Arbitrary<Operation> operations(Set<Verb> verbs) {
    Arbitrary<Operation> any = Arbitraries.of(verbs).flatMap(ScenarioArbitraries::operation);
    Set<Verb> often = EnumSet.of(Verb.SUBMIT, Verb.RUN, Verb.ADVANCE);
    often.retainAll(verbs);
    return often.isEmpty()
        ? any
        : Arbitraries.oneOf(any, Arbitraries.of(often).flatMap(ScenarioArbitraries::operation));
  }

  private static Arbitrary<Operation> operation(Verb verb) {
    Arbitrary<Integer> small = Arbitraries.integers().between(0, 5);
    Arbitrary<Integer> seconds = Arbitraries.integers().between(0, MOST_SECONDS);
    return switch (verb) {
      case ADVANCE, ELAPSE, POLICY -> seconds.map(a -> Operation.of(verb, a));
      case CRASH, CLOSE -> Arbitraries.integers().between(-40, 60).map(a -> Operation.of(verb, a));
      case EXTEND, PLAN ->
          Combinators.combine(small, seconds).as((a, b) -> Operation.of(verb, a, b));
      case SUBMIT, ASK, END, WITHDRAW, CRASH_IN, FAIL_IN ->
          Combinators.combine(small, small).as((a, b) -> Operation.of(verb, a, b));
      case GARBLE, URGENT, RUN, INSIDE, FLUSH, DISCARD, ERASE, REDRIVE, REMOVE, AT_CALL, REJECT ->
          small.map(a -> Operation.of(verb, a));
    };
  }
}
