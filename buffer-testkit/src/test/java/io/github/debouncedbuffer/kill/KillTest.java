// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.kill;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.debouncedbuffer.proof.Proof;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A process under load is killed with SIGKILL, opened again on its file, and killed again; what it
 * has promised is then read from a journal that the library does not know. {@code -Dkill.rounds}
 * says how often.
 */
@Timeout(value = 30, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class KillTest {

  private static final int ROUNDS = Integer.getInteger("kill.rounds", 40);

  /** Six points of a transaction, and any instant. */
  private static final List<Moment> CYCLE =
      List.of(
          Moment.AFTER_SUBMIT,
          Moment.BEFORE_CLAIM,
          Moment.AT_RANDOM,
          Moment.AFTER_COMPLETION,
          Moment.BEFORE_SUBMIT,
          Moment.AFTER_CLAIM,
          Moment.BEFORE_COMPLETION);

  @TempDir Path folder;

  @Test
  void G2_faults3_to_faults6_killedAtAnyInstant_losesNothing() throws Exception {
    long seed = Long.getLong("kill.seed", System.nanoTime());
    Killer killer = new Killer(folder, seed);
    for (Moment moment : plan()) {
      killer.kill(moment);
      assertThat(killer.fewestPending())
          .as("a kill with nothing pending shows nothing")
          .isPositive();
    }
    KillCheck check = killer.drain();

    assertThat(check.findings()).as("-Dkill.seed=%d", seed).isEmpty();
    for (Moment moment : CYCLE) {
      if (moment.kind != null) {
        assertThat(check.stops(moment)).as("%s", moment).isGreaterThanOrEqualTo(ROUNDS / 8);
      }
    }
    write(seed, killer, check);
  }

  /** A batch kills each process that handles it, until it is dead; then come all other moments. */
  private static List<Moment> plan() {
    List<Moment> plan = new ArrayList<>();
    for (int i = 0; i < ROUNDS; i++) {
      boolean poisoned = i < KilledChild.MAX_ATTEMPTS;
      plan.add(poisoned ? Moment.IN_HANDLER : CYCLE.get(i % CYCLE.size()));
    }
    return plan;
  }

  private static void write(long seed, Killer killer, KillCheck check) {
    CheckedMessages messages = check.messages();
    Proof.write(
        "60-kill",
        "kill: seed %d, %d kills, %d pending at the least, before/after commit of submit %d/%d, claim %d/%d,"
            + " completion %d/%d; %,d accepted, %,d answered, %,d dead-lettered, %,d redelivered,"
            + " %,d lost",
        seed,
        ROUNDS,
        killer.fewestPending(),
        check.stops(Moment.BEFORE_SUBMIT),
        check.stops(Moment.AFTER_SUBMIT),
        check.stops(Moment.BEFORE_CLAIM),
        check.stops(Moment.AFTER_CLAIM),
        check.stops(Moment.BEFORE_COMPLETION),
        check.stops(Moment.AFTER_COMPLETION),
        messages.accepted(),
        messages.answered(),
        messages.dead(),
        messages.redelivered(),
        messages.accepted() - messages.answered() - messages.dead());
  }
}
