// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.mutants;

import static io.github.debouncedbuffer.mutants.Mutant.Kind.CONTRACT;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.debouncedbuffer.contract.ContractJudge;
import io.github.debouncedbuffer.proof.Proof;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each mutant of a store is caught by the contract, by a test of the rule beside its name. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ContractMutantsTest {

  private final Map<String, String> table = new TreeMap<>();

  static Stream<Mutant> contractMutants() {
    return MutantTable.all().stream().filter(mutant -> mutant.kind() == CONTRACT);
  }

  @SuppressWarnings("unchecked")
  private static List<String> red(List<Patch> patches) throws Exception {
    try (MutantLoader world = MutantLoader.with(patches)) {
      return (List<String>) world.make(ContractJudge.class.getName(), Supplier.class).get();
    }
  }

  @ParameterizedTest
  @MethodSource("contractMutants")
  void mutant_isCaughtByATestOfItsRule(Mutant mutant) throws Exception {
    List<String> red = red(mutant.patches());
    String rule = mutant.broken();
    assertThat(red).as("%s", mutant).anyMatch(test -> test.matches("(S\\d+_)*" + rule + "_.*"));
    table.put(mutant.name(), "%-28s | %-8s | %d red: %s".formatted(mutant, rule, red.size(), red));
  }

  @Test
  void theTrueStores_passTheContract() throws Exception {
    assertThat(red(List.of())).isEmpty();
  }

  @AfterAll
  void writeTable() {
    String lines = String.join("\n", table.values());
    Proof.write("41-mutants-by-contract", "%d mutants caught by contract%n%s", table.size(), lines);
  }
}
