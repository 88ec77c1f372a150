// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.mutants;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.debouncedbuffer.proof.Proof;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each bug between nodes is caught by the promise beside its name, in three fresh seeds; the true
 * code passes the same scenarios.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class NodesMutantsTest {

  private static final int SCENARIOS = Integer.getInteger("mutants.nodes.scenarios", 3_000);

  private final List<Long> seeds =
      new SecureRandom().ints(3, 1, Integer.MAX_VALUE).asLongStream().boxed().toList();

  private final List<String> lines = new ArrayList<>();
  private int caught;

  static List<Mutant> mutants() {
    return NodesMutants.ALL.stream().filter(each -> each.kind() == Mutant.Kind.NODES).toList();
  }

  @ParameterizedTest
  @MethodSource("mutants")
  @Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void mutant_isCaughtByItsPromise_inEachOfThreeSeeds(Mutant mutant) throws Exception {
    try (MutantLoader world = MutantLoader.with(mutant.patches())) {
      for (long seed : seeds) {
        Optional<Verdict> verdict = verdict(world, seed, mutant.broken());
        int at = verdict.map(Verdict::scenario).orElse(-1);
        lines.add("%-28s | %-3s | at scenario %d".formatted(mutant, mutant.broken(), at));
        assertThat(verdict).as("%s by %s, seed %d", mutant, mutant.broken(), seed).isPresent();
      }
    }
    caught++;
  }

  @Test
  void theTrueCode_passesTheSameScenarios() throws Exception {
    try (MutantLoader world = MutantLoader.with(List.of())) {
      for (long seed : seeds) {
        assertThat(verdict(world, seed, "")).as("seed %d", seed).isEmpty();
      }
    }
  }

  private static Optional<Verdict> verdict(MutantLoader world, long seed, String promise) {
    LongStream scenarios = LongStream.range(seed, seed + SCENARIOS);
    return Verdict.by(NodesJudge.class, world, scenarios, promise);
  }

  @AfterAll
  void writeTable() {
    Proof.write(
        "44-mutants-of-nodes",
        "%d mutants caught by several nodes in three seeds %s%n%s",
        caught,
        seeds,
        String.join("\n", lines));
  }
}
