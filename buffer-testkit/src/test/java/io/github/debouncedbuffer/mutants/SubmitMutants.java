// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.mutants;

import static io.github.debouncedbuffer.mutants.Mutant.of;

import java.util.List;

/** Bugs in the step "submit", and in what remembers message ids. */
final class SubmitMutants {

  private SubmitMutants() {}

  static final List<Mutant> ALL =
      List.of(
          of("RECEIPT_BEFORE_COMMIT", "the receipt is given while its transaction is open")
              .caughtBy("G1")
              .in(
                  "internal/Question",
                  "unit.afterCommit(() -> answer.complete(result));",
                  """
                  if (this instanceof Submit) {
                    answer.complete(result);
                  } else {
                    unit.afterCommit(() -> answer.complete(result));
                  }
                  """),
          of("NO_DEDUPE", "known ids are not asked for")
              .caughtBy("G13")
              .in("internal/Submit", "id == null ? null : unit.known(id);", "null;"),
          of("ID_BEFORE_MESSAGE", "an id is remembered in an earlier transaction than its message")
              .caughtBy("G2")
              .in(
                  "internal/Committer",
                  """
                  boolean recoveredToo = runs.recoveredMayRun();
                  return store.transact(
                  """,
                  """
                  boolean recoveredToo = runs.recoveredMayRun();
                  List<io.github.debouncedbuffer.spi.MessageId> early = remember(group);
                  return store.transact(
                  """)
              .in(
                  "internal/Committer",
                  "Unit unit = Unit.about(group, transaction, clock, idRetention);",
                  "Unit unit = Unit.about(group, transaction, clock, idRetention);"
                      + " unit.unknow(early);")
              .in(
                  "internal/Committer",
                  "private Done transact(List<Command> group) {",
                  """
                  private List<io.github.debouncedbuffer.spi.MessageId> remember(List<Command> group) {
                    return store.transact(
                        transaction -> {
                          List<io.github.debouncedbuffer.spi.MessageId> early =
                              new java.util.ArrayList<>();
                          for (Command command : group) {
                            var id = command.id();
                            if (id != null
                                && transaction.known(List.of(id), clock.now()).isEmpty()) {
                              long sequence =
                                  transaction.append(
                                      List.of(
                                          new io.github.debouncedbuffer.spi.NewMessage(
                                              id.key(), id.id(), clock.now(), new byte[0])));
                              transaction.delete(
                                  List.of(
                                      io.github.debouncedbuffer.spi.MessageRange.one(
                                          id.key(), sequence)),
                                  clock.now().plus(idRetention));
                              early.add(id);
                            }
                          }
                          return early;
                        });
                  }

                  private Done transact(List<Command> group) {
                  """)
              .in(
                  "internal/Unit",
                  "@Nullable Stored known(MessageId id) {",
                  """
                  void unknow(List<MessageId> early) {
                    known.keySet().removeAll(early);
                  }

                  @Nullable Stored known(MessageId id) {
                  """),
          of("DEDUPE_ACROSS_KEYS", "one customer's id hides the other's message")
              .caughtBy("G2")
              .in(
                  "memory/RememberedIds",
                  "ids.get(id); if",
                  "ids.get(new MessageId(\"\", id.id())); if")
              .in(
                  "memory/RememberedIds",
                  "var messageId = new MessageId(key, id);",
                  "var messageId = new MessageId(\"\", id);")
              .in(
                  "memory/RememberedIds",
                  "ids.get(new MessageId(key, id));",
                  "ids.get(new MessageId(\"\", id));"),
          of("DUPLICATE_EXTENDS", "a duplicate extends a quiet window")
              .caughtBy("G7")
              .in(
                  "internal/Submit",
                  "if (known != null) {",
                  """
                  if (known != null) {
                    KeyRow open = unit.row(s.key());
                    if (open != null && open.state() == KeyState.WAITING) {
                      Draft moved =
                          Draft.of(open)
                              .arrival(
                                  Deadline.later(unit.now, open.lastArrivalAt()), open.policy());
                      unit.put(s.key(), moved.waiting(Draft.windowOf(open), unit.now).row());
                    }
                  """),
          of("IDS_FORGOTTEN_EARLY", "an id is forgotten when its message ends")
              .caughtBy("G13")
              .in(
                  "internal/Unit",
                  "this.forgetIdsAt = now.plus(idRetention);",
                  "this.forgetIdsAt = now;"),
          of("IDS_NEVER_FORGOTTEN", "ids pile up beyond their retention")
              .caughtBy("G15")
              .in("internal/Unit", "if (forgettable > 0) {", "if (forgettable < 0) {"),
          of("DISCARD_FORGETS_IDS", "the ids of discarded messages are forgotten at once")
              .caughtBy("G13")
              .in(
                  "internal/RemovalSteps",
                  """
                  unit.apply(key, decision);
                  unit.write();
                  unit.afterCommit(() -> reporter.discarded(
                  """,
                  """
                  unit.transaction.delete(List.of(ended), unit.now);
                  unit.apply(key, decision);
                  unit.write();
                  unit.afterCommit(() -> reporter.discarded(
                  """),
          of("UNKNOWN_SUBMIT_REPEATED", "a submit of unknown outcome is tried again by the engine")
              .caughtBy("G9")
              .in(
                  "internal/Committer",
                  """
                  } else {
                    group.forEach(command -> guarded(() -> command.failed(why)));
                  }
                  """,
                  """
                  } else if (why.reason() == StoreException.Reason.OUTCOME_UNKNOWN
                      && own.size() < group.size()) {
                    own.forEach(command -> guarded(() -> command.failed(why)));
                    commit(group.stream().filter(c -> !c.isOwn()).toList());
                  } else {
                    group.forEach(command -> guarded(() -> command.failed(why)));
                  }
                  """),
          of("ARRIVAL_GOES_BACK", "after a clock jump a message arrives before an older one")
              .caughtBy("G8")
              .in(
                  "internal/Protocol",
                  "Instant arrival = later(now, row.lastArrivalAt());",
                  "Instant arrival = now;"));
}
