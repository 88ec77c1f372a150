// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.mutants;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The mutants themselves: a stale one, or one that is no mutant, must not go unseen. */
class MutantTableTest {

  static List<Mutant> mutants() {
    return MutantTable.all();
  }

  @ParameterizedTest
  @MethodSource("mutants")
  void everyMutant_compiles_andItsTextOccursOnce(Mutant mutant) {
    Map<String, byte[]> classes = SourceCompiler.compile(ProductSources.patched(mutant.patches()));
    assertThat(classes).isNotEmpty();
    assertThat(mutant.broken()).matches("[GS]\\d{1,2}");
  }

  @Test
  void namesAreUnique() {
    assertThat(MutantTable.all()).extracting(Mutant::name).doesNotHaveDuplicates();
  }
}
