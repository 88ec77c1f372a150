// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.mutants;

import static io.github.debouncedbuffer.mutants.Mutant.of;

import java.util.List;

/** The incident's two bugs, and two that a better design can still have. */
final class IncidentMutants {

  private IncidentMutants() {}

  static final List<Mutant> ALL =
      List.of(
          of("ORPHAN", "nobody looks for late messages when a run completes")
              .caughtBy("G3")
              .in(
                  "internal/Protocol",
                  "new Decision(Step.COMPLETED, idleOrFollowUp(row, now), members(row))",
                  "new Decision(Step.COMPLETED, null, members(row))"),
          of("LOOKBACK", "a claim looks back by window + 5 s; what is older is cleaned up")
              .caughtBy("G2")
              .in(
                  "internal/Claim",
                  """
                  List<StoredMessage> oldest = messages.getOrDefault(row.key(), List.of());
                  Decision decision
                  """,
                  """
                  List<StoredMessage> all = messages.getOrDefault(row.key(), List.of());
                  Instant from = unit.now.minus(row.policy().minWait()).minusSeconds(5);
                  List<StoredMessage> oldest =
                      row.state() == KeyState.WAITING
                          ? all.stream().filter(m -> !m.arrivedAt().isBefore(from)).toList()
                          : all;
                  int tooOld = all.size() - oldest.size();
                  if (tooOld > 0) {
                    long last = all.get(tooOld - 1).sequence();
                    unit.transaction.delete(
                        List.of(MessageRange.through(row.key(), last)), unit.forgetIdsAt());
                  }
                  Decision decision
                  """),
          of("CHECK_THEN_RELEASE", "completion checks in one transaction, releases in the next")
              .caughtBy("G3")
              .in(
                  "internal/EndRun",
                  """
                  if (row == null || handled == null) {
                    end(unit, row, decided(row, unit.now), 0);
                  """,
                  """
                  if (row == null || handled == null) {
                    Decision decision = decided(row, unit.now);
                    if (decision.step() == Decision.Step.COMPLETED && noneLate) {
                      decision = new Decision(decision.step(), null, decision.ended());
                    } else if (decision.step() == Decision.Step.COMPLETED
                        && decision.row() == null) {
                      unit.afterCommit(
                          () -> {
                            noneLate = true;
                            failed(null);
                          });
                      return;
                    }
                    end(unit, row, decision, 0);
                  """)
              .in(
                  "internal/EndRun",
                  "private long token() {",
                  "private boolean noneLate; private long token() {")
              .in(
                  "internal/RunEnds",
                  "if (why instanceof BufferClosedException) {",
                  "if (why == null) { lane.putOwn(command); } else"
                      + " if (why instanceof BufferClosedException) {"),
          of("TIMER_IN_MEMORY", "due times from before this start are never looked at")
              .caughtBy("G16")
              .in(
                  "internal/Runs",
                  "private final int workers;",
                  "private final int workers; java.time.Instant since;")
              .in(
                  "internal/Dispatcher",
                  "this.runs = new Runs<>(settings.workers());",
                  "this.runs = new Runs<>(settings.workers()); this.runs.since = clock.now();")
              .in(
                  "internal/Claim",
                  "lockDue(unit.now, free, mayRun)",
                  "lockDue(unit.now, free + 10_000, mayRun)")
              .in(
                  "internal/Claim",
                  "if (!recovered || mayRun) {",
                  """
                  boolean older =
                      row.state() == KeyState.WAITING && row.dueAt().isBefore(runs.since);
                  if ((!recovered || mayRun) && !older && chosen.size() < free) {
                  """),
          of("NOT_ARMED_AT_START", "after a start nothing is armed until somebody submits")
              .caughtBy("G3")
              .in("internal/Engine", "dispatcher.claim(); }", "}"));
}
