// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.mutants;

import static io.github.debouncedbuffer.mutants.Mutant.of;

import io.github.debouncedbuffer.mutants.Mutant.Kind;
import java.util.List;

/** Bugs in threads, in closing and in the stores. */
final class EngineMutants {

  private EngineMutants() {}

  static final List<Mutant> ALL =
      List.of(
          of("HANDLER_UNDER_LOCK", "handlers are called under one lock")
              .caughtBy(
                  Kind.THREAD, "G14", "ThreadMutantsTest; on one thread a lock is always free")
              .in(
                  "internal/Run",
                  "stage = handler.handle(batch);",
                  """
                  synchronized (Run.class) {
                    stage = handler.handle(batch);
                  }
                  """),
          of("LANE_FALLS_ASLEEP", "a command put while a drain ends is not drained")
              .caughtBy(Kind.THREAD, "G17", "InterleavingsTest, twin 'lane lets go unlocked'")
              .in(
                  "internal/CommitLane",
                  "draining = !group.isEmpty(); return draining ?",
                  "return !group.isEmpty() ?")
              .in(
                  "internal/CommitLane",
                  """
                    commit(group);
                  }
                  runLast();
                  """,
                  """
                    commit(group);
                  }
                  synchronized (this) {
                    draining = false;
                  }
                  runLast();
                  """),
          of("DISPATCH_AFTER_CLOSE", "close stops no claim and waits for no run")
              .caughtBy("G16")
              .in("internal/Runs", "if (stopped || unresolved > 0) {", "if (unresolved > 0) {")
              .in("internal/Dispatcher", "if (runs.isStopped()) {", "if (runs.free() < 0) {")
              .in(
                  "internal/Closing",
                  "if (parts.inProgress() == 0) {",
                  "if (parts.inProgress() >= 0) {")
              .in("internal/RunState", "entered = !closing && !ended;", "entered = true;"),
          of("CLOSING_DROPS_QUEUED", "submits that wait for their commit are forgotten by a close")
              .caughtBy("G17")
              .in("internal/Dispatcher", "runs.stop();", "runs.stop(); lane.forget();")
              .in(
                  "internal/CommitLane",
                  "synchronized int queued() {",
                  """
                  synchronized void forget() {
                    callers.clear();
                  }

                  synchronized int queued() {
                  """),
          of("DEAD_THREAD", "the first failure of the store ends the lane's thread")
              .caughtBy("G17")
              .in(
                  "internal/Committer",
                  """
                  failed(group, why);
                  return;
                  """,
                  """
                  failed(group, why);
                  throw why;
                  """)
              .in("internal/CommitLane", "private boolean ended;", "private boolean ended, dead;")
              .in(
                  "internal/CommitLane",
                  "log.error(\"A group was left half done; the lane goes on\", thrown);",
                  "dead = true;")
              .in(
                  "internal/CommitLane",
                  "group != null; group = next()) { commit(group);",
                  "group != null && !dead; group = next()) { commit(group);"),
          of("SEQUENCE_REUSED", "in an empty store sequences begin anew")
              .caughtBy("G10")
              .in(
                  "memory/MessageLists",
                  "long first = nextSequence; undo.push(() -> nextSequence = first);",
                  """
                  long before = nextSequence;
                  long first = pending == 0 ? 1 : before;
                  undo.push(() -> nextSequence = before);
                  nextSequence = first;
                  """),
          of("PARTIAL_SAVE", "a transaction that is rolled back leaves its key rows")
              .caughtBy(
                  Kind.CONTRACT,
                  "S1",
                  "in the in-memory store alone; a scenario with failures may see it, too")
              .in("memory/KeyRows", "undo.push(() -> replace(row.key(), before));", ""),
          of("PARTIAL_SAVE_SQLITE", "what failed work has written is committed")
              .caughtBy(Kind.CONTRACT, "S1", "in SQLite alone")
              .in("sqlite/Session", "statements.run(Sql.ROLLBACK);", "statements.run(Sql.COMMIT);"),
          of("SWALLOWED_ERROR_THEN_COMMIT", "a failure that the work has caught is forgotten")
              .caughtBy(Kind.STORE, "S1", "TransactionTest.faults38_failedRead_isReported*")
              .in("sqlite/Database", "guard.requireUnharmed();", ""),
          of("DEFERRED_BEGIN", "a transaction reads first and locks when it writes")
              .caughtBy(Kind.STORE, "S2", "CommitOutcomeTest.faults23_somebodyElseWrites_*")
              .in("sqlite/Sql", "\"BEGIN IMMEDIATE\"", "\"BEGIN\""),
          of("MEMORY_NOT_TAKEN_BACK", "what is rolled back on disk stays in memory")
              .caughtBy(Kind.CONTRACT, "S1", "in SQLite alone")
              .in("sqlite/SqliteTransaction", "pending.takeBack(changes);", ""),
          of("ROW_NOT_WRITTEN", "a row that has changed is taken for one with messages more")
              .caughtBy(Kind.CONTRACT, "S9", "in SQLite alone")
              .in(
                  "sqlite/Changes",
                  "&& (appended == 0 ? now.equals(row) : isCounted(row, now));",
                  ";"),
          of("ROW_BEHIND_ITS_MESSAGES", "messages that a row has not counted are not added to it")
              .caughtBy(Kind.CONTRACT, "S9", "in SQLite alone")
              .in(
                  "sqlite/PendingLoader",
                  "add(row.rowId(), row.with(more, arrival), more);",
                  "add(row.rowId(), row.row(), more);"),
          of("DUE_STRICT_IN_STORES", "what is due just now is not found")
              .caughtBy(Kind.CONTRACT, "S3", "in both stores")
              .in(
                  "index/DueHeap",
                  "slots[place].dueAt() <= latest",
                  "slots[place].dueAt() < latest"),
          of("READS_BACKWARDS", "the newest messages are read first")
              .caughtBy(Kind.CONTRACT, "S7", "in SQLite alone")
              .in(
                  "sqlite/Sql",
                  """
                  WHERE sequence IN (SELECT value FROM json_each(?))
                  ORDER BY sequence
                  """,
                  """
                  WHERE sequence IN (SELECT value FROM json_each(?))
                  ORDER BY sequence DESC
                  """),
          of("ID_STOLEN_BACK", "an id that was appended anew is forgotten with the old message")
              .caughtBy(Kind.CONTRACT, "S12", "in SQLite alone, and after a redrive")
              .in(
                  "sqlite/Sql",
                  """
                  WHERE (key, message_id, sequence) IN (
                    SELECT key, message_id, sequence FROM dead_messages
                  """,
                  """
                  WHERE (key, message_id) IN (
                    SELECT key, message_id FROM dead_messages
                  """),
          of("SYNC_NORMAL", "a commit is not synced")
              .caughtBy(Kind.POWER_CUT, "G1", "PowerCutTest, twin; a killed process loses nothing")
              .in("sqlite/Pragmas", "\"FULL\", \"2\"", "\"NORMAL\", \"1\""));
}
