// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.mutants;

import static io.github.debouncedbuffer.mutants.Mutant.of;

import java.util.List;

/** Bugs in the steps "recover", "due" and "claim". */
final class ClaimMutants {

  private ClaimMutants() {}

  /** A running key keeps a due time, so that it can be claimed again. */
  static Mutant runningMayBeDue(Mutant mutant) {
    return mutant
        .in("spi/KeyRow", "batch != null && dueAt == null;", "batch != null;")
        .in(
            "internal/Protocol",
            "case RUNNING -> throw new IllegalStateException(\"a running key has no due time\");",
            "case RUNNING -> Decision.keep(Step.CLAIMED, Rows.claimedAgain(row, token, lease, now));");
  }

  private static final String CLAIMED =
      "claimed.add(new Claimed(after, requireNonNull(row.dueAt()), oldest.subList(0, members)));";

  static final List<Mutant> ALL =
      List.of(
          of("TAKE_DELETES", "the claim deletes what it takes")
              .caughtBy("G2")
              .in(
                  "internal/Claim",
                  CLAIMED,
                  CLAIMED
                      + """
                      unit.transaction.delete(
                          List.of(
                              MessageRange.through(
                                  row.key(), Draft.batchOf(after).throughSequence())),
                          unit.forgetIdsAt());
                      """),
          of("ACKNOWLEDGE_BEFORE_HANDLER", "a batch is completed when its handler is called")
              .caughtBy("G2")
              .in(
                  "internal/Run",
                  "stage = handler.handle(batch);",
                  """
                  ends.ended(this, Outcome.RETURNED);
                  stage = handler.handle(batch);
                  """),
          runningMayBeDue(
                  of("CLAIM_IGNORES_STATE", "a running batch is claimed again").caughtBy("G4"))
              .in("internal/Draft", "batch = claimed; dueAt = null;", "batch = claimed;"),
          of("OVERFLOW_DROPPED", "what is beyond maxBatch is deleted")
              .caughtBy("G2")
              .in(
                  "internal/Rows",
                  "if (oldest.size() > members) {",
                  "if (oldest.size() < members) {")
              .in(
                  "internal/Claim",
                  CLAIMED,
                  CLAIMED
                      + """
                      if (oldest.size() > members) {
                        unit.transaction.delete(
                            List.of(
                                MessageRange.after(
                                    row.key(), Draft.batchOf(after).throughSequence())),
                            unit.forgetIdsAt());
                      }
                      """),
          of("OVERFLOW_UNSEEN", "a claim reads maxBatch messages and not one more")
              .caughtBy("G3")
              .in(
                  "internal/Claim",
                  "limited(row.policy().maxBatch() + 1)",
                  "limited(row.policy().maxBatch())"),
          of("NEWEST_FIRST", "of too many messages the newest are handed over")
              .caughtBy("G5")
              .in(
                  "internal/Claim",
                  "oldest.subList(0, members)",
                  "oldest.subList(oldest.size() - members, oldest.size())"),
          of("REVERSED_BATCH", "a batch is handed over from its end")
              .caughtBy("G5")
              .in(
                  "internal/Claim",
                  CLAIMED,
                  """
                  List<StoredMessage> reversed = new ArrayList<>(oldest.subList(0, members));
                  java.util.Collections.reverse(reversed);
                  claimed.add(new Claimed(after, requireNonNull(row.dueAt()), reversed));
                  """),
          of("CROSS_KEY_BATCH", "keys that are due together share a batch")
              .caughtBy("G14")
              .in(
                  "internal/Claim",
                  CLAIMED,
                  """
                  List<StoredMessage> shared = new ArrayList<>(oldest.subList(0, members));
                  claimed.forEach(other -> shared.addAll(other.messages()));
                  claimed.add(new Claimed(after, requireNonNull(row.dueAt()), shared));
                  """),
          of("RECOVERS_NOTHING", "what ran when the process died runs for ever")
              .caughtBy("G3")
              .in(
                  "internal/Engine",
                  """
                  Recovery.run(
                      settings.store(),
                      parts.clock(),
                      settings.retry(),
                      settings.idRetention(),
                      engine.reporter);
                  """,
                  ""),
          of("RECOVERED_WAKE_UP_LOST", "after a recovered batch nobody looks for the next one")
              .caughtBy("G3")
              .in(
                  "internal/Dispatcher",
                  "if (!recoveredToo && runs.recoveredMayRun()) {",
                  "if (!recoveredToo && recoveredToo) {"),
          of("UNKNOWN_CLAIM_FORGOTTEN", "a claim of unknown outcome is not given back")
              .caughtBy("G3")
              .in(
                  "internal/Dispatcher",
                  "if (unknown && !planned.isEmpty()) {",
                  "if (unknown && planned.size() < 0) {"),
          of("WORKERS_IGNORED", "claims are not held to the free workers")
              .caughtBy("G14")
              .in(
                  "internal/Runs",
                  "return Math.max(0, workers + Math.min(replaced, workers) - byToken.size());",
                  "return workers + Math.min(replaced, workers);"));
}
