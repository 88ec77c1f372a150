// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.mutants;

import static io.github.debouncedbuffer.mutants.Mutant.of;

import java.util.List;

/** Bugs in when something is due. */
final class TimeMutants {

  private TimeMutants() {}

  private static String restarted(String draft) {
    return "KeyRow kept = "
        + draft
        + """
        .row();
        return new KeyRow(
            kept.key(), kept.state(), now, kept.lastArrivalAt(), kept.dueAt(),
            kept.extendedUntil(), kept.policy(), kept.window(), kept.batch(), kept.supersedes());
        """;
  }

  private static final String FOLLOW_UP = "Draft.of(row).waiting(window, now)";
  private static final String RETRY = "Draft.of(row).running(again)";

  static final List<Mutant> ALL =
      List.of(
          of("START_RESET_ON_FOLLOW_UP", "a follow-up forgets the original start")
              .caughtBy("G8")
              .in("internal/Rows", "return " + FOLLOW_UP + ".row();", restarted(FOLLOW_UP)),
          of("START_RESET_ON_RETRY", "a retry forgets the original start")
              .caughtBy("G8")
              .in("internal/Rows", "return " + RETRY + ".row();", restarted(RETRY)),
          of("FOLLOW_UP_LATE", "a late message waits a full window after the run")
              .caughtBy("G7")
              .in(
                  "internal/Rows",
                  "case FROM_ARRIVAL -> late;",
                  "case FROM_ARRIVAL -> counting(late, now, late.dueNow());"),
          of("FOLLOW_UP_AT_ONCE", "a late message is due when the run ends")
              .caughtBy("G7")
              .in(
                  "internal/Rows",
                  "case FROM_ARRIVAL -> late;",
                  "case FROM_ARRIVAL -> counting(late, now, true);"),
          of("EXTENDS_FOREVER", "traffic pushes a quiet window out beyond maxWait")
              .caughtBy("G7")
              .in(
                  "internal/Deadline",
                  "return earlier(wanted, countsFrom.plus(policy.maxWait()));",
                  "return wanted;"),
          of("MAX_WAIT_FROM_START", "maxWait counts from the start of the chain")
              .caughtBy("G7")
              .in(
                  "internal/Draft",
                  "window = open; batch",
                  """
                  if (policy.quiet()) {
                    wanted = Deadline.earlier(wanted, from.startedAt().plus(policy.maxWait()));
                  }
                  window = open;
                  batch
                  """),
          of("DUE_STRICT", "what is due just now is not claimed")
              .caughtBy("G7")
              .in(
                  "internal/Claim",
                  "if (!recovered || mayRun) {",
                  "if ((!recovered || mayRun) && unit.now.isAfter(requireNonNull(row.dueAt()))) {"),
          of("WAKE_NOT_REARMED", "an earlier due time does not move the wake-up")
              .caughtBy("G3")
              .in(
                  "internal/WakeUp",
                  "if (armedAt == null || at.isBefore(armedAt)) {",
                  "if (armedAt == null) {"),
          of("FIRES_EARLY", "what is due within a second is claimed")
              .caughtBy("G6")
              .in(
                  "internal/Claim",
                  "lockDue(unit.now, free,",
                  "lockDue(unit.now.plusSeconds(1), free,")
              .in(
                  "internal/Dispatcher",
                  "nextDue.get().isAfter(unit.now)",
                  "nextDue.get().isAfter(unit.now.plusSeconds(1))"),
          of("RETRIES_AT_ONCE", "a failed batch does not back off")
              .caughtBy("G6")
              .in(
                  "internal/Protocol",
                  "now.plus(Backoff.after(batch.attempt(), batch.id(), retry));",
                  "now;"),
          ClaimMutants.runningMayBeDue(
                  of("DUE_MOVED_WHILE_RUNNING", "a late message makes the running key due")
                      .caughtBy("G4"))
              .in(
                  "internal/Rows",
                  "case RUNNING, BACKING_OFF -> draft.window(window).row(); };",
                  """
                    case RUNNING -> draft.window(window).dueToo(window).row();
                    case BACKING_OFF -> draft.window(window).row();
                  };
                  """)
              .in(
                  "internal/Draft",
                  "Draft running(BatchRow claimed) {",
                  """
                  Draft dueToo(WindowRow open) {
                    dueAt = Deadline.dueAt(policy, open.countsFrom(), lastArrivalAt, extendedUntil);
                    return this;
                  }

                  Draft running(BatchRow claimed) {
                  """),
          of("FULL_NOT_DUE", "a full window waits on")
              .caughtBy("G7")
              .in(
                  "internal/Rows",
                  "messages >= policy.maxBatch() || (w != null && w.dueNow());",
                  "w != null && w.dueNow();"),
          of("FLUSH_NOT_STICKY", "a submit moves a flushed window out again")
              .caughtBy("G7")
              .in(
                  "internal/Rows",
                  "messages >= policy.maxBatch() || (w != null && w.dueNow());",
                  "messages >= policy.maxBatch();"),
          of("EXTEND_SHORTENS", "a shorter extension takes back a longer one")
              .caughtBy("G7")
              .in(
                  "internal/CallerProtocol",
                  "Rows.extended(row, later(until, row.extendedUntil()), now)",
                  "Rows.extended(row, until, now)"),
          of("REST_WAITS_ANEW", "what is beyond maxBatch waits a full window from the claim")
              .caughtBy("G7")
              .in(
                  "internal/Rows",
                  "behind(w, w.messages() - members, oldest.get(members), now);",
                  "new WindowRow(w.messages() - members, oldest.get(members).arrivedAt(), now, false);"),
          of("FOLLOW_UP_OLD_POLICY", "a follow-up's window has the policy of the one before")
              .caughtBy("G7")
              .in("internal/Rows", "w == null ? inForce : row.policy();", "row.policy();"),
          of("NOT_PULLED_IN", "a clock that was set back delays what is stored")
              .caughtBy("G7")
              .in(
                  "internal/Rows",
                  "case WAITING -> draft.waiting(requireNonNull(window), now).row();",
                  "case WAITING -> draft.row();")
              .in(
                  "internal/Rows",
                  "earlier(requireNonNull(row.dueAt()), now.plus(maxBackoff));",
                  "requireNonNull(row.dueAt());"));
}
