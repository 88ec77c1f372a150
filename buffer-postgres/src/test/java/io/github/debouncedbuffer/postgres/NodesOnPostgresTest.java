// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.debouncedbuffer.testkit.nodes.NodesCampaign;
import org.junit.jupiter.api.Test;

/** What is promised of several nodes, over a real server; from a fresh seed, or a given one. */
class NodesOnPostgresTest {

  private static final int SCENARIOS = Integer.getInteger("proof.nodes.postgres", 30);
  private static final long SEED = Long.getLong("proof.seed", System.nanoTime());

  @Test
  void severalNodes_keepTheirPromises() {
    NodesCampaign.Report report =
        NodesCampaign.of(SharedPostgres.simulation()).run(SEED, SCENARIOS);
    System.out.println("several nodes on PostgreSQL, seed " + SEED + ": " + report.inWords());
    report
        .finding()
        .ifPresent(
            found -> {
              System.out.println(found.inWords());
              throw new AssertionError(found.violation());
            });
    assertThat(report.scenarios()).isEqualTo(SCENARIOS);
    assertThat(report.tally().claims()).isGreaterThan(SCENARIOS);
  }
}
