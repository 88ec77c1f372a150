// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.mutants;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.debouncedbuffer.proof.Proof;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/**
 * The mutant that a slow handler shows, on real threads. The other one of its kind, a lane that
 * falls asleep, is a twin of {@code InterleavingsTest}.
 */
class ThreadMutantsTest {

  private static Object quickIsHandledWhileSlowRuns(List<Patch> patches) throws Exception {
    try (MutantLoader world = MutantLoader.with(patches)) {
      return world.make(SlowKeyJudge.class.getName(), Supplier.class).get();
    }
  }

  @Test
  void G14_handlerUnderLock_isCaught_andTheTrueCodePasses() throws Exception {
    List<Patch> underLock =
        MutantTable.all().stream()
            .filter(mutant -> mutant.name().equals("HANDLER_UNDER_LOCK"))
            .findFirst()
            .orElseThrow()
            .patches();
    assertThat(quickIsHandledWhileSlowRuns(List.of())).isEqualTo(true);
    assertThat(quickIsHandledWhileSlowRuns(underLock)).isEqualTo(false);
    Proof.write(
        "42-mutants-by-threads", "HANDLER_UNDER_LOCK | G14 | a slow key blocks a quick one");
  }
}
