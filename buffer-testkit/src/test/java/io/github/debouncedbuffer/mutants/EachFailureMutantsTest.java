// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.mutants;

import static io.github.debouncedbuffer.mutants.Mutant.of;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.debouncedbuffer.proof.EachFailureJudge;
import io.github.debouncedbuffer.proof.Proof;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Bugs that only a failure of the store brings out: to let each call fail once finds them, without
 * drawing anything, by the promise beside their names. That the true code passes is {@code
 * EachFailureTest}.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EachFailureMutantsTest {

  private static final List<Mutant> OWN =
      List.of(
          of("COMPLETION_DROPPED", "an end of unknown outcome is not tried again")
              .caughtBy("G3")
              .in(
                  "internal/RunEnds",
                  "if (why instanceof BufferClosedException) {",
                  """
                  if (why instanceof BufferClosedException
                      || (why instanceof StoreException unknown
                          && unknown.reason() == StoreException.Reason.OUTCOME_UNKNOWN)) {
                  """),
          of("CLAIM_FORGOTTEN", "what a claim of unknown outcome has claimed is not given back")
              .caughtBy("G3")
              .in(
                  "internal/Dispatcher",
                  "if (unknown && !planned.isEmpty()) {",
                  "if (planned.size() > 1_000) {"),
          of("UNKNOWN_IS_REFUSED", "a submit of unknown outcome is said to be refused")
              .caughtBy("G1")
              .in(
                  "internal/Committer",
                  "failed(group, why);",
                  """
                  failed(group, new StoreException(StoreException.Reason.UNAVAILABLE, "failed"));
                  """),
          of("SLEEPS_AFTER_FAILURE", "after a failed transaction nothing is armed")
              .caughtBy("G3")
              .in(
                  "internal/Dispatcher",
                  "wakeUp.arm(clock.now().plus(STORE_RETRY)); // an unknown",
                  "// an unknown")
              .in(
                  "internal/Dispatcher",
                  """
                    }
                    wakeUp.arm(clock.now().plus(STORE_RETRY));
                  }
                  """,
                  """
                    }
                  }
                  """));

  private final Map<String, String> table = new TreeMap<>();

  static Stream<Mutant> inMemory() {
    Stream<Mutant> ofTheTable =
        MutantTable.all().stream().filter(mutant -> mutant.name().equals("PARTIAL_SAVE"));
    return Stream.concat(OWN.stream(), ofTheTable.map(mutant -> mutant.caughtBy("G2")));
  }

  @ParameterizedTest
  @MethodSource("inMemory")
  void mutant_isCaughtByItsPromise(Mutant mutant) throws Exception {
    caught(mutant, null);
  }

  @Test
  void mutantOfSqlite_isCaughtByItsPromise(@TempDir Path folder) throws Exception {
    Mutant mutant =
        MutantTable.all().stream()
            .filter(m -> m.name().equals("PARTIAL_SAVE_SQLITE"))
            .findFirst()
            .orElseThrow();
    caught(mutant.caughtBy("G1"), folder);
  }

  private void caught(Mutant mutant, @Nullable Path folder) throws Exception {
    String[] broken = broken(mutant.patches(), folder);
    assertThat(broken).as("%s is caught", mutant).isNotEmpty();
    table.put(mutant.name(), "%-28s | %-3s | %s".formatted(mutant, broken[0], mutant.bug()));
    assertThat(broken[0]).as("%s: %s", mutant, broken[1]).isEqualTo(mutant.broken());
  }

  @SuppressWarnings("unchecked")
  private static String[] broken(List<Patch> patches, @Nullable Path folder) throws Exception {
    try (MutantLoader world = MutantLoader.with(patches)) {
      Function<@Nullable Path, String[]> judge =
          world.make(EachFailureJudge.class.getName(), Function.class);
      return judge.apply(folder);
    }
  }

  @AfterAll
  void writeTable() {
    String lines = String.join("\n", table.values());
    Proof.write(
        "43-mutants-by-each-failure",
        "%d mutants caught by failing each store call once%n%s",
        table.size(),
        lines);
  }
}
