// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.proof;

import static io.github.debouncedbuffer.testkit.simulation.Verb.ADVANCE;
import static io.github.debouncedbuffer.testkit.simulation.Verb.CLOSE;
import static io.github.debouncedbuffer.testkit.simulation.Verb.CRASH;
import static io.github.debouncedbuffer.testkit.simulation.Verb.CRASH_IN;
import static io.github.debouncedbuffer.testkit.simulation.Verb.DISCARD;
import static io.github.debouncedbuffer.testkit.simulation.Verb.ELAPSE;
import static io.github.debouncedbuffer.testkit.simulation.Verb.END;
import static io.github.debouncedbuffer.testkit.simulation.Verb.EXTEND;
import static io.github.debouncedbuffer.testkit.simulation.Verb.FAIL_IN;
import static io.github.debouncedbuffer.testkit.simulation.Verb.FLUSH;
import static io.github.debouncedbuffer.testkit.simulation.Verb.GARBLE;
import static io.github.debouncedbuffer.testkit.simulation.Verb.INSIDE;
import static io.github.debouncedbuffer.testkit.simulation.Verb.PLAN;
import static io.github.debouncedbuffer.testkit.simulation.Verb.REDRIVE;
import static io.github.debouncedbuffer.testkit.simulation.Verb.REJECT;
import static io.github.debouncedbuffer.testkit.simulation.Verb.REMOVE;
import static io.github.debouncedbuffer.testkit.simulation.Verb.RUN;
import static io.github.debouncedbuffer.testkit.simulation.Verb.SUBMIT;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.debouncedbuffer.BufferListener;
import io.github.debouncedbuffer.testkit.jqwik.ScenarioArbitraries;
import io.github.debouncedbuffer.testkit.simulation.Drain;
import io.github.debouncedbuffer.testkit.simulation.Scenario;
import io.github.debouncedbuffer.testkit.simulation.Simulation;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.concurrent.atomic.AtomicInteger;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;

/** All promises, over scenarios that jqwik makes and shrinks; each under all three drains. */
class ScenarioProperties {

  static final int TRIES = 500;
  private static final AtomicInteger played = new AtomicInteger();
  private static final AtomicInteger properties = new AtomicInteger();

  private static void keepsAllPromises(Scenario scenario) {
    for (Drain drain : Drain.values()) {
      Scenario drained = new Scenario(scenario.setup().drain(drain), scenario.operations());
      Simulation.inMemory().verify(drained, Path.of("target", "timeline.html"));
      played.incrementAndGet();
    }
  }

  @Provide
  Arbitrary<Scenario> arrivals() {
    return ScenarioArbitraries.scenarios(EnumSet.of(SUBMIT, RUN, ADVANCE, ELAPSE, PLAN, END));
  }

  @Property(tries = TRIES)
  void interleavingsOfArrivalsAndCompletions(@ForAll("arrivals") Scenario scenario) {
    keepsAllPromises(scenario);
  }

  @Provide
  Arbitrary<Scenario> failures() {
    return ScenarioArbitraries.scenarios(
        EnumSet.of(SUBMIT, GARBLE, RUN, ADVANCE, PLAN, INSIDE, END, FAIL_IN, REJECT));
  }

  @Property(tries = TRIES)
  void failuresOfHandlersStoreAndExecutor(@ForAll("failures") Scenario scenario) {
    keepsAllPromises(scenario);
  }

  @Provide
  Arbitrary<Scenario> crashes() {
    return ScenarioArbitraries.scenarios(EnumSet.of(SUBMIT, RUN, ADVANCE, PLAN, CRASH, CRASH_IN));
  }

  @Property(tries = TRIES)
  void crashesAtAnyTransaction_andClockJumps(@ForAll("crashes") Scenario scenario) {
    keepsAllPromises(scenario);
  }

  @Provide
  Arbitrary<Scenario> restarts() {
    return ScenarioArbitraries.scenarios(
        EnumSet.of(SUBMIT, RUN, ADVANCE, ELAPSE, PLAN, INSIDE, CLOSE));
  }

  @Property(tries = TRIES)
  void restarts_andClockJumps(@ForAll("restarts") Scenario scenario) {
    keepsAllPromises(scenario);
  }

  @Provide
  Arbitrary<Scenario> questions() {
    return ScenarioArbitraries.scenarios(
        EnumSet.of(SUBMIT, RUN, ADVANCE, PLAN, END, FLUSH, EXTEND, DISCARD, REDRIVE, REMOVE));
  }

  @Property(tries = TRIES)
  void whatCallersAskFor(@ForAll("questions") Scenario scenario) {
    keepsAllPromises(scenario);
  }

  @Provide
  Arbitrary<Scenario> everything() {
    return ScenarioArbitraries.scenarios();
  }

  @Property(tries = TRIES)
  void everythingAtOnce(@ForAll("everything") Scenario scenario) {
    keepsAllPromises(scenario);
  }

  @Property(tries = TRIES)
  void G18_theSameScenario_givesTheSameHistory(@ForAll("everything") Scenario scenario) {
    Simulation simulation = Simulation.inMemory();
    String once = simulation.playInWords(scenario, new BufferListener() {}).history();
    String again = simulation.playInWords(scenario, new BufferListener() {}).history();
    assertThat(again).isEqualTo(once);
    played.addAndGet(2);
  }

  @Property(tries = TRIES)
  void aScenario_isReadBackFromItsLine(@ForAll("everything") Scenario scenario) {
    assertThat(Scenario.parse(scenario.toString())).isEqualTo(scenario);
    played.incrementAndGet();
  }

  @net.jqwik.api.lifecycle.AfterProperty
  void count() {
    properties.incrementAndGet();
  }

  @AfterContainer
  static void report() {
    Proof.write(
        "30-properties", "%d properties, %,d scenarios played", properties.get(), played.get());
  }
}
