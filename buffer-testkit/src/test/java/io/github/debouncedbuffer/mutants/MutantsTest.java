// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.mutants;

import static io.github.debouncedbuffer.mutants.Mutant.Kind.SCENARIO;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.debouncedbuffer.proof.Proof;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each mutant is caught, by the promise beside its name; the true code passes the same scenarios.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MutantsTest {

  private static final int SCENARIOS = Integer.getInteger("mutants.scenarios", 2_000);

  /** Fresh in each build; the table and each failure name them. */
  private final List<Long> seeds =
      new SecureRandom().ints(3, 1, Integer.MAX_VALUE).asLongStream().boxed().toList();

  private final Map<String, List<String>> table = new TreeMap<>();
  private int caught;

  static Stream<Mutant> scenarioMutants() {
    return MutantTable.all().stream().filter(mutant -> mutant.kind() == SCENARIO);
  }

  /**
   * One state may break several promises, and which one shows first is the scenario's: so scenarios
   * are drawn until the mutant's own promise is the first to break. A mutant may loop for ever.
   */
  @ParameterizedTest
  @MethodSource("scenarioMutants")
  @Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void mutant_isCaughtByItsPromise_inEachOfThreeSeeds(Mutant mutant) throws Exception {
    List<String> lines = table.computeIfAbsent(mutant.name(), name -> new ArrayList<>());
    try (MutantLoader world = MutantLoader.with(mutant.patches())) {
      for (long seed : seeds) {
        Optional<Verdict> verdict = Verdict.of(world, scenarios(seed), mutant.broken());
        lines.add(line(mutant, seed, verdict));
        assertThat(verdict).as("%s by %s, seed %d", mutant, mutant.broken(), seed).isPresent();
      }
    }
    caught++;
  }

  @Test
  void theTrueCode_passesTheSameScenarios() throws Exception {
    try (MutantLoader world = MutantLoader.with(List.of())) {
      for (long seed : seeds) {
        assertThat(Verdict.any(world, scenarios(seed))).as("seed %d", seed).isEmpty();
      }
    }
  }

  private static LongStream scenarios(long seed) {
    return LongStream.range(seed, seed + SCENARIOS);
  }

  @Test
  void noMutantIsLeftOut() {
    assertThat(MutantTable.all()).hasSize(112);
    assertThat(scenarioMutants()).hasSize(84);
    assertThat(MutantTable.NOT_YET).isEmpty();
  }

  private static String line(Mutant mutant, long seed, Optional<Verdict> verdict) {
    String found =
        verdict
            .map(v -> "at scenario %d, step %d".formatted(v.scenario(), v.step()))
            .orElse("NOT CAUGHT");
    return "%-28s | %-3s | %-30s | seed %d%n".formatted(mutant, mutant.broken(), found, seed);
  }

  @AfterAll
  void writeTable() {
    StringBuilder lines = new StringBuilder();
    MutantTable.byPlace()
        .forEach(
            (place, mutants) -> {
              lines.append("[").append(place).append("]\n");
              mutants.forEach(mutant -> lines.append(told(mutant)));
            });
    MutantTable.NOT_YET.forEach(
        n ->
            lines.append(
                "%-28s | %-3s | not yet: %s%n".formatted(n.name(), n.promise(), n.reason())));
    Proof.write("40-mutants", "%d mutants caught in three seeds%n%s", caught, lines);
  }

  private String told(Mutant mutant) {
    return mutant.kind() == SCENARIO
        ? String.join("", table.getOrDefault(mutant.name(), List.of()))
        : "%-28s | %-3s | %s: %s%n".formatted(mutant, mutant.broken(), mutant.kind(), mutant.why());
  }
}
