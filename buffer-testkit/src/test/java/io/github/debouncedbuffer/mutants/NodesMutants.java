// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.mutants;

import static io.github.debouncedbuffer.mutants.Mutant.of;

import java.util.List;

/** Bugs that only several nodes over one store bring out. */
final class NodesMutants {

  private NodesMutants() {}

  private static Mutant caught(Mutant mutant, String promise) {
    return mutant.caughtBy(Mutant.Kind.NODES, promise, "see the nodes' own table");
  }

  static final List<Mutant> ALL =
      List.of(
          caught(of("RECOVERS_LIVE_LEASES", "a claim is taken over while its lease holds"), "G4")
              .in(
                  "index/Slot",
                  "return lease == null || Nanos.of(lease) <= now;",
                  "return lease == null || Nanos.of(lease) > 0;")
              .in(
                  "internal/Protocol",
                  "return lease != null && lease.isAfter(now);",
                  "return lease != null && lease.isAfter(Instant.MAX);"),
          of("LEASE_STRICT", "a lease that ends just now still holds for the recovery")
              .caughtBy(Mutant.Kind.CONTRACT, "S14", "a nanosecond, which no node waits for")
              .in(
                  "index/Slot",
                  "return lease == null || Nanos.of(lease) <= now;",
                  "return lease == null || Nanos.of(lease) < now;"),
          caught(of("RENEW_REVIVES", "a run that was taken over gets its claim back"), "G10")
              .in(
                  "internal/Protocol",
                  "return row != null && runs(row, token) ? Decision.keep(Step.RENEWED, Rows.renewed(row, lease))",
                  """
                  return row != null && row.state() == KeyState.RUNNING
                      ? Decision.keep(Step.RENEWED, Rows.renewed(row, token, lease))
                  """)
              .in(
                  "internal/Rows",
                  "static KeyRow renewed(KeyRow row, Instant lease) {",
                  "static KeyRow renewed(KeyRow row, long token, Instant lease) {")
              .in(
                  "internal/Rows",
                  "Batches.claim(b, b.token(), b.attempt(), b.since(), b.recovered(), lease)",
                  "Batches.claim(b, token, b.attempt(), b.since(), b.recovered(), lease)"),
          caught(of("RENEWS_NOTHING", "a run that is longer than its lease is not renewed"), "G9")
              .in("internal/Heartbeat", "renew(unit, run, until);", ""),
          caught(of("NEVER_TAKES_OVER", "what nodes left is taken over at a start alone"), "G3")
              .in("internal/Heartbeat", "Recovery.takeOver(unit, retry, reporter);", ""),
          caught(of("CLAIM_WITHOUT_LEASE", "a claim has no lease before it is renewed"), "G4")
              .in("internal/Claim", "lease == null ? null : unit.now.plus(lease);", "null;"),
          caught(of("LEASE_BY_OWN_CLOCK", "a claim's lease ends by the clock of its node"), "G4")
              .in(
                  "internal/Claim",
                  "lease == null ? null : unit.now.plus(lease);",
                  "lease == null ? null : unit.now.minus(unit.ahead).plus(lease);"),
          caught(of("NODE_CLOCK_COUNTS", "a node decides by its own clock"), "G6")
              .in("internal/Unit", "this.now = transaction.now(here);", "this.now = here;"),
          caught(of("WAKES_BY_STORE_TIME", "a node wakes up as if its clock were right"), "G3")
              .in(
                  "internal/Dispatcher",
                  "wakeUp.arm(nextDue.get().minus(ahead));",
                  "wakeUp.arm(nextDue.get());"),
          caught(of("DEAF_NODES", "nobody heeds the word of an earlier due time"), "G3")
              .in("internal/Dispatcher", "wakeUp.arm(dueAt.minus(ahead));", ""),
          caught(of("BEATS_NO_MORE", "after a failed renewal there is no other"), "G3")
              .in(
                  "internal/Heartbeat",
                  "void failed(Throwable why) { queued.set(false);",
                  "void failed(Throwable why) {"),
          caught(of("LAPSED_RUN_COMPLETES", "a run completes what was taken over"), "G10")
              .in(
                  "internal/Protocol",
                  "static Decision returned(@Nullable KeyRow row, long token, Instant now) { if (row == null || !runs(row, token)) {",
                  """
                  static Decision returned(@Nullable KeyRow row, long token, Instant now) {
                    if (row == null || row.state() == KeyState.WAITING) {
                  """),
          caught(of("LOSS_UNTOLD", "nobody says that a run's batch was taken over"), "G10")
              .in("internal/Heartbeat", "reporter.lost(run.row(), unit.now);", ""),
          caught(of("CURRENT_BY_ID", "the next attempt elsewhere counts as one's own"), "G10")
              .in(
                  "internal/Protocol",
                  "return runs(row, token) && Draft.batchOf(row).id() == id",
                  "return row.state() == KeyState.RUNNING && Draft.batchOf(row).id() == id"));
}
