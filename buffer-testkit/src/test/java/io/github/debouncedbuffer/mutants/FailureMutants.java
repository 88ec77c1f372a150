// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.mutants;

import static io.github.debouncedbuffer.mutants.Mutant.of;

import java.util.List;

/** Bugs in the steps "back off" and "dead-letter", and in what redrives. */
final class FailureMutants {

  private FailureMutants() {}

  private static final String DEAD =
      "new Decision(Step.DEAD_LETTERED, idleOrFollowUp(row, now), members(row))";

  static final List<Mutant> ALL =
      List.of(
          of("FAILURE_DROPS", "a failed batch is deleted")
              .caughtBy("G2")
              .in(
                  "internal/Protocol",
                  "Decision.keep(Step.BACKED_OFF, Rows.backingOff(row, batch.attempt(), died, dueAt, now));",
                  "new Decision(Step.BACKED_OFF, idleOrFollowUp(row, now), members(row));"),
          of("ERROR_KEEPS_CLAIM", "a handler that throws an Error ends no run")
              .caughtBy("G3")
              .in(
                  "internal/Run",
                  "if (cause == null) {",
                  """
                  if (cause instanceof Error) {
                    return;
                  }
                  if (cause == null) {
                  """),
          of("DEAD_EARLY", "a batch is dead one attempt too soon")
              .caughtBy("G12")
              .in(
                  "internal/Protocol",
                  "batch.attempt() >= retry.maxAttempts()",
                  "batch.attempt() + 1 >= retry.maxAttempts()"),
          of("DEAD_NEVER", "a batch is tried for ever")
              .caughtBy("G12")
              .in(
                  "internal/Protocol",
                  "batch.attempt() >= retry.maxAttempts()",
                  "batch.attempt() > 1_000 * retry.maxAttempts()"),
          of("DEAD_WHOLE_KEY", "late messages die with the batch")
              .caughtBy("G12")
              .in(
                  "internal/Protocol",
                  DEAD,
                  "new Decision(Step.DEAD_LETTERED, null, MessageRange.after(row.key(), 0))"),
          of("ATTEMPTS_CARRIED", "the next batch begins with the attempts of the one before")
              .caughtBy("G12")
              .in(
                  "spi/KeyRow",
                  "case WAITING -> window != null && batch == null && dueAt != null;",
                  "case WAITING -> window != null && dueAt != null;")
              .in(
                  "internal/Draft",
                  "batch = null;",
                  """
                  batch =
                      batch == null
                          ? null
                          : new BatchRow(
                              0, 0, batch.attempt(), 0, 0, batch.openedAt(), batch.since(), false, null);
                  """)
              .in(
                  "internal/Rows",
                  "new BatchRow(token, token, 1,",
                  "new BatchRow(token, token, 1 + (row.batch() == null ? 0 : row.batch().attempt()),"),
          of("RETRY_GROWS", "a retried batch takes newcomers in")
              .caughtBy("G11")
              .in(
                  "internal/Claim",
                  "return row.state() == KeyState.WAITING ? MessageRange",
                  "return row.state() != KeyState.RUNNING ? MessageRange")
              .in(
                  "internal/Protocol",
                  "Rows.claimedAgain(row, token, lease, now)",
                  "Rows.claimedAgain(row, oldest, token, lease, now)")
              .in(
                  "internal/Rows",
                  "static KeyRow claimedAgain(KeyRow row, long token, @Nullable Instant lease, Instant now) {",
                  """
                  static KeyRow claimedAgain(
                      KeyRow row,
                      List<StoredMessage> oldest,
                      long token,
                      @Nullable Instant lease,
                      Instant now) {
                    BatchRow was = Draft.batchOf(row);
                    WindowRow late = row.window();
                    int members = Math.min(oldest.size(), row.policy().maxBatch());
                    int taken = members - was.messages();
                    if (late == null || taken <= 0) {
                      return claimedAgain(row, token, lease, now);
                    }
                    BatchRow grown =
                        new BatchRow(
                            was.id(),
                            token,
                            was.attempt() + 1,
                            members,
                            oldest.get(members - 1).sequence(),
                            was.openedAt(),
                            now,
                            was.recovered(),
                            lease);
                    WindowRow rest =
                        taken >= late.messages()
                            ? null
                            : new WindowRow(
                                late.messages() - taken,
                                late.openedAt(),
                                late.countsFrom(),
                                late.dueNow());
                    return Draft.of(row).window(rest).running(grown).row();
                  }

                  static KeyRow claimedAgain(
                      KeyRow row, long token, @Nullable Instant lease, Instant now) {
                  """),
          of("CRASH_NOT_COUNTED", "a batch that kills the process loses no attempt")
              .caughtBy("G11")
              .in(
                  "internal/Protocol",
                  ": failed(present, Draft.batchOf(present).token(), true, retry, now);",
                  """
                      : Decision.keep(
                          Step.RELEASED,
                          Rows.backingOff(
                              present, Draft.batchOf(present).attempt() - 1, true, now, now));
                  """),
          of("RELEASED_COUNTED", "a claim that was given back counts as an attempt")
              .caughtBy("G11")
              .in(
                  "internal/Protocol",
                  "Rows.backingOff(row, batch.attempt() - 1,",
                  "Rows.backingOff(row, batch.attempt(),"),
          of("CLOSED_RUN_COUNTED", "a run that the close interrupts counts as an attempt")
              .caughtBy("G11")
              .in(
                  "internal/Run",
                  "return Outcome.released(cause);",
                  "return Outcome.failed(cause);"),
          of("FLUSH_SHORTENS_BACKOFF", "a flush makes a batch that backs off due")
              .caughtBy("G11")
              .in(
                  "internal/Rows",
                  "static KeyRow flushed(KeyRow row, Instant now) { WindowRow",
                  """
                  static KeyRow flushed(KeyRow row, Instant now) {
                    if (row.state() == KeyState.BACKING_OFF) {
                      return Draft.of(row).backingOff(Draft.batchOf(row), now).row();
                    }
                    WindowRow
                  """),
          of("TIMEOUT_ENDS_RUN", "a run beyond its timeout is taken for ended")
              .caughtBy("G4")
              .in(
                  "internal/HandOver",
                  "follower.timedOut(run);",
                  """
                  follower.timedOut(run);
                  run.end(new java.util.concurrent.TimeoutException("it takes too long"));
                  """),
          of("REDRIVE_KEEPS_LETTER", "a redriven letter stays dead as well")
              .caughtBy("G2")
              .in(
                  "internal/KeySteps",
                  """
                  unit.transaction.removeDeadLetter(id, unit.forgetIdsAt());
                  unit.afterCommit(
                  """,
                  "unit.afterCommit("));
}
