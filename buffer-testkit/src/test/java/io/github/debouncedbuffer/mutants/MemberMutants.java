// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.mutants;

import static io.github.debouncedbuffer.mutants.Mutant.of;

import java.util.List;

/** Bugs in what changes a batch's members, and in what removes messages. */
final class MemberMutants {

  private MemberMutants() {}

  private static final String SUPERSEDED =
      "Decision.keep(Step.SUPERSEDED, Rows.superseded(row, now))";

  static final List<Mutant> ALL =
      List.of(
          of("SUPERSEDE_DROPS", "the messages of a superseded batch are deleted")
              .caughtBy("G2")
              .in(
                  "internal/Protocol",
                  SUPERSEDED,
                  "new Decision(Step.SUPERSEDED, idleOrFollowUp(row, now), members(row))"),
          of("SUPERSEDE_COUNTS", "a superseded run counts as a failed attempt")
              .caughtBy("G12")
              .in("internal/Protocol", SUPERSEDED, "failed(row, token, false, retry, now)"),
          of("SUPERSEDES_FOREVER", "late messages supersede one run after the other")
              .caughtBy("G7")
              .in("internal/Protocol", "row.supersedes() < most", "most > 0"),
          of("SUPERSEDED_FROM_THE_START", "a superseded batch waits a whole window more")
              .caughtBy("G7")
              .in(
                  "internal/Rows",
                  "new WindowRow(messages, b.openedAt(), w.countsFrom(), w.dueNow() || full)",
                  "new WindowRow(messages, b.openedAt(), now, w.dueNow() || full)"),
          of("CLEARED_REPLY_SUPERSEDED", "a run is superseded after its reply was cleared")
              .caughtBy("G9")
              .in("internal/RunSteps", "unit.afterCommit(run.state::settle);", ""),
          of("ABSORB_NOT_STORED", "late messages are handed over, and stay late in the store")
              .caughtBy("G9")
              .in(
                  "internal/RunSteps",
                  """
                  unit.apply(row.key(), decision);
                  KeyRow grown
                  """,
                  "KeyRow grown"),
          of("ABSORB_KEEPS_ID", "a batch that has grown keeps its id")
              .caughtBy("G11")
              .in(
                  "internal/Rows",
                  "members(b, id, b.messages() + joining.size(), through, b.openedAt())",
                  "members(b, b.id(), b.messages() + joining.size(), through, b.openedAt())"),
          of("ABSORB_UNSEEN", "what has joined unknown to the handler is taken for handled")
              .caughtBy("G2")
              .in(
                  "internal/EndRun",
                  "return acknowledged == null && returned && hasGrown",
                  "return acknowledged == null && returned && hasGrown && seen.id() < 0"),
          of("ACKNOWLEDGE_TAKES_ALL", "who acknowledges a part acknowledges all")
              .caughtBy("G2")
              .in(
                  "internal/EndRun",
                  "handled.messages() >= Draft.batchOf(row).messages()",
                  "outcome.kind() == Outcome.Kind.RETURNED"),
          of("ACKNOWLEDGE_FORGOTTEN", "a part that was acknowledged is handed over again")
              .caughtBy("G9")
              .in(
                  "internal/Run",
                  "acknowledged = new Acknowledged(messages, throughSequence);",
                  "acknowledged = null;"),
          of("REST_BACKS_OFF", "the rest of what returned waits as if it had failed")
              .caughtBy("G11")
              .in(
                  "internal/EndRun",
                  "MemberProtocol.rest(rest, token(), now)",
                  "Protocol.failed(rest, token(), false, retry, now)"),
          of("URGENT_IGNORED", "the flush rule changes nothing while the key waits")
              .caughtBy("G7")
              .in(
                  "internal/Rows",
                  "boolean dueNow = urgent || messages",
                  "boolean dueNow = messages"),
          of("WITHDRAW_FROM_BATCH", "a message of a running batch can be withdrawn")
              .caughtBy("G2")
              .in(
                  "internal/CallerProtocol",
                  "row.window() == null || isMember(row, sequence)",
                  "row.window() == null"),
          of("ERASE_FREES_KEY", "an erased key is free while its run goes on")
              .caughtBy("G4")
              .in(
                  "internal/CallerProtocol",
                  "row != null && row.state() == KeyState.RUNNING ? Rows.erased(row) : null",
                  "row != null && row.supersedes() < 0 ? Rows.erased(row) : null"),
          of("ERASE_KEEPS_IDS", "an erased key's ids are still known")
              .caughtBy("G2")
              .in("memory/MessageLists", "ids.erase(key);", ""));
}
