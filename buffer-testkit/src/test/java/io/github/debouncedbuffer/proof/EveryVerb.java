// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.proof;

import io.github.debouncedbuffer.testkit.simulation.Scenario;
import java.util.List;

/**
 * Scenarios without failures that together do all that can be asked of a store. Endings of runs, in
 * {@code plan}: 0 returns, 1 throws, 2 throws an error, 3 hangs. In {@code ask}: 0 absorbs, 1 has
 * its reply cleared, 2 acknowledges one message; in {@code end}: 2 replies.
 */
final class EveryVerb {

  /** Batches of two: the rest, a late message, duplicates, ids that are forgotten. */
  static final Scenario FLOW =
      Scenario.parse(
          "fixed 35 35 2 FROM_ARRIVAL 2 2 2 60 0 SUCCEED : plan 0 20, submit 0 1, submit 0 2,"
              + " advance 0, submit 0 3, submit 1 0, advance 35, submit 0 4, submit 0 1,"
              + " advance 25, submit 0 1, advance 61, submit 0 1, advance 90");

  /** Retries, with a newcomer behind them; two dead letters: one put back, one removed. */
  static final Scenario RETRIES =
      Scenario.parse(
          "quiet 5 10 100 FROM_COMPLETION 2 1 2 600 0 SUCCEED : plan 1 0, plan 2 0, submit 0 1,"
              + " advance 5, submit 0 2, advance 20, plan 1 3, plan 1 0, submit 1 0,"
              + " advance 40, redrive 0, advance 5, remove 0, advance 20, submit 0 1,"
              + " advance 10");

  /** What can be asked of a key that waits, runs or backs off. */
  static final Scenario ASKED =
      Scenario.parse(
          "fixed 10 40 100 FROM_ARRIVAL 2 2 3 30 0 SUCCEED : submit 0 1, advance 0, extend 0 30,"
              + " advance 20, flush 0, advance 0, submit 1 0, submit 1 2, advance 0, discard 1,"
              + " plan 3 0, submit 2 0, advance 10, submit 2 1, advance 0, extend 2 20,"
              + " discard 2, submit 2 2, advance 0, flush 2, end 0 1, advance 0, discard 2,"
              + " advance 20");

  /** Messages that cannot be read: among others, alone, and put back; runs that are refused. */
  static final Scenario UNREADABLE =
      Scenario.parse(
          "fixed 5 5 100 IMMEDIATELY 2 2 2 0 0 SUCCEED : garble 0, submit 0 0, garble 0, submit 0 1,"
              + " advance 5, garble 1, advance 5, redrive 0, advance 5, remove 0, remove 0,"
              + " submit 0 2, advance 4, reject 3, advance 10");

  /** Closed and killed while keys wait, run and back off. */
  static final Scenario RESTARTS =
      Scenario.parse(
          "fixed 5 5 100 FROM_ARRIVAL 3 2 3 600 0 SUCCEED : submit 0 1, submit 1 2, advance 0,"
              + " close 3, plan 1 0, plan 3 0, advance 5, submit 1 3, submit 2 0, advance 0,"
              + " crash 5, advance 5, plan 3 0, advance 10, submit 0 0, advance 0, close -3,"
              + " advance 20");

  /** Batches whose members come and go; messages that are urgent, withdrawn and erased. */
  static final Scenario MEMBERS =
      Scenario.parse(
          "fixed 10 10 3 FROM_ARRIVAL 2 2 2 600 2 SUCCEED : plan 3 0, submit 0 1, urgent 0,"
              + " advance 0, submit 0 2, advance 0, ask 0 0, submit 0 3, advance 0,"
              + " withdraw 0 3, ask 0 2, end 0 1, advance 20, plan 3 0, submit 1 1, flush 1,"
              + " advance 0, submit 1 2, advance 0, end 0 2, plan 3 0, advance 20, ask 0 1,"
              + " submit 1 3, advance 0, erase 1, submit 1 1, advance 0, end 0 0, advance 20");

  static final List<Scenario> SCENARIOS =
      List.of(FLOW, RETRIES, ASKED, UNREADABLE, RESTARTS, MEMBERS);

  private EveryVerb() {}
}
