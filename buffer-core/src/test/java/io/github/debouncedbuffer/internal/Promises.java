// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.internal;

import static io.github.debouncedbuffer.internal.Given.at;

import io.github.debouncedbuffer.internal.Decision.Step;
import io.github.debouncedbuffer.spi.BatchRow;
import io.github.debouncedbuffer.spi.KeyRow;
import io.github.debouncedbuffer.spi.KeyState;
import io.github.debouncedbuffer.spi.StoredMessage;
import io.github.debouncedbuffer.spi.WindowRow;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Holds one decision against the promises, each by its name: the protocol's row and the messages
 * that are stored if its decisions are followed, against the key on paper.
 */
final class Promises {

  private Promises() {}

  static void check(
      @Nullable KeyRow before,
      Decision decision,
      Step expected,
      List<StoredMessage> stored,
      PlainKey plain) {
    KeyRow row = decision.row();
    fencedAndExact(before, decision, expected);
    nothingIsLost(row, stored, plain);
    if (row != null) {
      check(row.state() == plain.state, "G3: the key's state is what its table says", row, plain);
      check(is(row.startedAt(), plain.start), "G8: the original start stays", row, plain);
      check(is(row.lastArrivalAt(), plain.last), "G8: arrivals never decrease", row, plain);
      if (row.batch() != null) {
        batch(row, row.batch(), stored, plain);
      }
      due(row, plain);
      if (row.window() != null) {
        window(row, row.window(), plain);
      }
      check(row.policy().equals(plain.policy), "G7: the policy stays in its window", row, plain);
      check(is(row.extendedUntil(), plain.extended), "G7: the extension", row, plain);
      check(row.supersedes() == plain.supersedes, "G7: supersedes in a row", row, plain);
    }
    check(decision.step() == expected, "the step is that of the table", decision, expected);
  }

  private static void fencedAndExact(@Nullable KeyRow before, Decision decision, Step expected) {
    Step step = decision.step();
    boolean fenced = (step == Step.STALE) == (expected == Step.STALE);
    check(fenced, "G10: stale unless it runs under the token", step, expected);
    boolean exact = (step == Step.DEAD_LETTERED) == (expected == Step.DEAD_LETTERED);
    check(exact, "G12: dead after exactly so many attempts", step, expected);
    if (!decision.changes()) {
      boolean same = decision.row() == before && decision.ended() == null;
      check(same, "G10: what changes nothing changes nothing", decision, before);
    }
  }

  private static void nothingIsLost(
      @Nullable KeyRow row, List<StoredMessage> stored, PlainKey plain) {
    int members = plain.members.size();
    boolean all = stored.size() == members + plain.waiting.size();
    for (int i = 0; all && i < stored.size(); i++) {
      PlainKey.Noted noted =
          i < members ? plain.members.get(i) : plain.waiting.get(i - members); // oldest first
      all = stored.get(i).sequence() == noted.sequence();
    }
    check(all, "G2: stored is what is pending", stored, plain);
    if (row == null) {
      check(stored.isEmpty(), "G3: no pending message without a row", stored, plain);
      return;
    }
    check(plain.state != null, "G15: no row for an idle key", row, plain);
    boolean orphans = row.window() == null && !plain.waiting.isEmpty();
    check(!orphans, "G3: messages outside a batch have a window", row, plain);
    check(row.late() == plain.waiting.size(), "G2: each message is counted", row, plain);
    check(row.pending() == stored.size(), "G2: each member is counted", row, plain);
  }

  private static void batch(KeyRow row, BatchRow batch, List<StoredMessage> stored, PlainKey p) {
    boolean through = batch.throughSequence() == p.through;
    check(through, "G5: a batch is its oldest messages, through its last", row, p);
    for (int i = 0; i < stored.size(); i++) {
      boolean member = stored.get(i).sequence() <= batch.throughSequence();
      check(member == i < p.members.size(), "G5: it is all messages through its last", row, p);
    }
    check(batch.token() == p.token, "G10: the token is that of the last claim", row, p);
    check(batch.id() == p.id, "G11: a batch keeps its id as long as its members", row, p);
    check(batch.messages() == p.members.size(), "G2: members are counted", row, p);
    check(batch.attempt() == p.attempt, "G11: attempts are counted when claimed", row, p);
    check(batch.recovered() == p.recovered, "G11: marked if it ran in a crash", row, p);
    check(is(batch.openedAt(), p.opened), "G11: a batch keeps its opening", row, p);
    check(is(batch.since(), p.since), "G11: since the last claim or end", row, p);
  }

  private static void due(KeyRow row, PlainKey plain) {
    if (row.state() == KeyState.RUNNING) {
      return;
    }
    boolean waits = row.state() == KeyState.WAITING;
    Instant due = at(plain.due);
    String late = waits ? "G7: due no later than promised" : "G11: the backoff is exact";
    check(!row.dueAt().isBefore(due), "G6: never early", row, plain);
    check(!row.dueAt().isAfter(due), late, row, plain);
  }

  private static void window(KeyRow row, WindowRow window, PlainKey plain) {
    boolean oldest = is(window.openedAt(), plain.waiting.get(0).arrival());
    check(oldest, "G8: a window opens with its oldest message", row, plain);
    check(is(window.countsFrom(), plain.base), "G7: the deadline counts from there", row, plain);
    check(window.dueNow() == plain.sticky, "G7: flushed or full stays due", row, plain);
  }

  private static boolean is(@Nullable Instant instant, long seconds) {
    boolean none = seconds == PlainKey.NONE;
    return none || instant == null ? none && instant == null : instant.equals(at(seconds));
  }

  private static void check(
      boolean holds, String promise, @Nullable Object actual, @Nullable Object expected) {
    if (!holds) {
      throw new AssertionError(promise + "\n  protocol: " + actual + "\n  on paper: " + expected);
    }
  }
}
