// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.proof;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.debouncedbuffer.testkit.nodes.NodesCampaign;
import io.github.debouncedbuffer.testkit.nodes.NodesScenario;
import io.github.debouncedbuffer.testkit.nodes.NodesScenarios;
import io.github.debouncedbuffer.testkit.nodes.NodesSimulation;
import io.github.debouncedbuffer.testkit.nodes.SharedMemory;
import io.github.debouncedbuffer.testkit.simulation.Promise;
import org.junit.jupiter.api.Test;

/**
 * What is promised of several nodes, over as many drawn scenarios as {@code -Dproof.nodes} says,
 * from a fresh seed each time, or from {@code -Dproof.seed}.
 */
class NodesCampaignTest {

  private static final int SCENARIOS = Integer.getInteger("proof.nodes", 10_000);
  private static final long SEED = Long.getLong("proof.seed", System.nanoTime());

  private static final int CHECKED_FROM = 1_000;

  /** With a store that ends leases too soon. */
  private static final NodesSimulation BROKEN =
      NodesSimulation.over((lease, time) -> new SharedMemory("memory", lease.dividedBy(3), time));

  @Test
  void severalNodes_keepTheirPromises_andMuchHappensBetweenThem() {
    NodesCampaign.Report report = NodesCampaign.of(NodesSimulation.inMemory()).run(SEED, SCENARIOS);
    Proof.write("24-nodes", "several nodes, seed %d: %s", SEED, report.inWords());
    report.finding().ifPresent(NodesCampaignTest::failed);
    assertThat(report.scenarios()).isEqualTo(SCENARIOS);
    if (SCENARIOS >= CHECKED_FROM) {
      muchHasHappened(report);
    }
  }

  private static void muchHasHappened(NodesCampaign.Report report) {
    assertThat(report.effective()).isGreaterThan(report.operations() * 6 / 10);
    assertThat(report.tally().claims()).isGreaterThan(2L * SCENARIOS);
    assertThat(report.tally().takeovers()).isGreaterThan(SCENARIOS / 5L);
    assertThat(report.tally().staleEnds()).isGreaterThan(SCENARIOS / 10L);
    assertThat(report.tally().told()).isGreaterThan(SCENARIOS / 10L);
    assertThat(report.tally().woken()).isGreaterThan(SCENARIOS / 10L);
    assertThat(report.tally().deaths()).isGreaterThan(SCENARIOS / 10L);
  }

  private static void failed(NodesCampaign.Finding found) {
    System.out.println(found.inWords());
    NodesSimulation.inMemory().verify(found.shrunk());
  }

  @Test
  void aBrokenPromise_isFound_madeSmall_andReplayedFromItsLine() {
    NodesCampaign.Finding found = NodesCampaign.of(BROKEN).run(SEED, 1_000).finding().orElseThrow();
    assertThat(found.violation().promise()).isIn(Promise.G4, Promise.G9);
    assertThat(found.shrunk().operations())
        .hasSizeLessThan(NodesScenarios.draw(found.seed()).operations().size());
    NodesScenario again = NodesScenario.parse(found.shrunk().toString());
    assertThat(again).isEqualTo(found.shrunk());
    assertThat(BROKEN.play(again).violation().orElseThrow())
        .hasMessage(found.violation().getMessage());
    assertThat(found.inWords()).contains(found.shrunk().toString(), String.valueOf(found.seed()));
  }

  @Test
  void G18_theSameScenario_hasTheSameHistory() {
    for (long seed = SEED; seed < SEED + 50; seed++) {
      NodesScenario scenario = NodesScenarios.draw(seed);
      assertThat(NodesScenario.parse(scenario.toString())).isEqualTo(scenario);
      String history = NodesSimulation.inMemory().playInWords(scenario).history();
      assertThat(history).isEqualTo(NodesSimulation.inMemory().playInWords(scenario).history());
    }
  }
}
