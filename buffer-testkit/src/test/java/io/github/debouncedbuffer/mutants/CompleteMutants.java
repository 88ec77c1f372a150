// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.mutants;

import static io.github.debouncedbuffer.mutants.Mutant.of;

import java.util.List;

/** Bugs in the step "complete". */
final class CompleteMutants {

  private CompleteMutants() {}

  static final List<Mutant> ALL =
      List.of(
          of("DELETES_WHOLE_KEY", "completion deletes the late messages too")
              .caughtBy("G2")
              .in(
                  "internal/Protocol",
                  "new Decision(Step.COMPLETED, idleOrFollowUp(row, now), members(row))",
                  """
                  new Decision(
                      Step.COMPLETED, idleOrFollowUp(row, now), MessageRange.after(row.key(), 0))
                  """),
          of("IGNORES_TOKEN", "the end of an old run ends the new one")
              .caughtBy("G10")
              .in(
                  "internal/Protocol",
                  "row.state() == KeyState.RUNNING && Draft.batchOf(row).token() == token;",
                  "row.state() == KeyState.RUNNING;"),
          of("TOKEN_REUSED", "a token is one more than the greatest that is stored")
              .caughtBy("G10")
              .in(
                  "memory/KeyRows",
                  "long first = nextToken; undo",
                  """
                  long first =
                      1 + index.slots().stream()
                              .map(MessageSlot::row)
                              .mapToLong(
                                  r -> r == null || r.batch() == null ? 0 : r.batch().token())
                              .max()
                              .orElse(0);
                  undo
                  """),
          of("RELEASES_ON_STALE", "a stale completion gives back the batch that runs")
              .caughtBy("G10")
              .in(
                  "internal/Protocol",
                  """
                    return Decision.keep(Step.STALE, row);
                  }
                  return new Decision(Step.COMPLETED,
                  """,
                  """
                    return row == null || row.state() != KeyState.RUNNING
                        ? Decision.keep(Step.STALE, row)
                        : released(row, Draft.batchOf(row).token(), Duration.ZERO, now);
                  }
                  return new Decision(Step.COMPLETED,
                  """),
          of("ROW_LEFT_BEHIND", "an idle key keeps its row")
              .caughtBy("G15")
              .in("internal/Unit", "transaction.remove(idle);", ""),
          of("COMPLETION_NOT_RETRIED", "the end of a run that cannot be written is forgotten")
              .caughtBy("G3")
              .in("internal/RunCommand", "again.accept(this, why);", ""),
          of("UNREADABLE_ORPHANS_REST", "where one message is unreadable the others are forgotten")
              .caughtBy("G3")
              .in(
                  "internal/MemberProtocol",
                  """
                  unreadable < Draft.batchOf(row).messages()
                      ? Rows.without(row, unreadable, openedAt, newId)
                      : Protocol.idleOrFollowUp(row, now));
                  """,
                  "Protocol.idleOrFollowUp(row, now));"),
          of("UNKNOWN_SET_APART_REPEATED", "members of unknown fate are counted off twice")
              .caughtBy("G5")
              .in(
                  "internal/MemberProtocol",
                  "if (Draft.batchOf(row).id() != claimed.id()) {",
                  "if (Draft.batchOf(row).token() != claimed.token()) {"),
          of("TOKENS_NOT_SAVED", "after a restart tokens begin anew")
              .caughtBy(Mutant.Kind.CONTRACT, "S11", "in SQLite alone; G10 in a simulation over it")
              .in("sqlite/Session", ".number(row.nextToken())", ".number(1)"));
}
