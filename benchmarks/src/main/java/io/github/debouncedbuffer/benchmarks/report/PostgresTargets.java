// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.benchmarks.report;

import io.github.debouncedbuffer.benchmarks.postgres.SeveralNodes;
import io.github.debouncedbuffer.benchmarks.race.Contender;
import io.github.debouncedbuffer.benchmarks.race.Contenders;
import io.github.debouncedbuffer.benchmarks.race.Races;
import io.github.debouncedbuffer.benchmarks.report.Targets.Target;
import java.util.List;
import java.util.stream.Stream;

/** What we want to reach with several nodes on one Postgres. */
final class PostgresTargets {

  static final List<Target> ALL =
      Stream.of(accepted(), endToEnd(), lateness()).flatMap(each -> each).toList();

  private PostgresTargets() {}

  private static Stream<Target> accepted() {
    return SeveralNodes.loads().stream()
        .flatMap(load -> SeveralNodes.COUNTS.stream().map(n -> SeveralNodes.nodes(n) + ", " + load))
        .map(
            who ->
                new Target(
                    "P11, " + who, SeveralNodes.ACCEPTED, "of raw", who, List.of(), 0.6, true));
  }

  private static Stream<Target> endToEnd() {
    return Races.PRODUCERS.stream()
        .flatMap(
            producers ->
                Contenders.oursOnPostgres().stream()
                    .flatMap(
                        ours ->
                            Stream.of(
                                endToEnd(
                                    producers,
                                    ours,
                                    "the fastest peer",
                                    Contenders.peersOnPostgres()),
                                endToEnd(
                                    producers,
                                    ours,
                                    "the raw queue",
                                    List.of(Contenders.rawQueue())))));
  }

  private static Target endToEnd(
      int producers, Contender ours, String other, List<Contender> others) {
    return new Target(
        "P12, " + producers + " producers, " + ours.title() + ", " + other,
        Races.onPostgres(producers),
        "end to end/s",
        ours.title(),
        others.stream().map(Contender::title).toList(),
        10,
        true);
  }

  private static Stream<Target> lateness() {
    return SeveralNodes.TOLD.stream()
        .map(
            who ->
                new Target(
                    "P13, " + who, SeveralNodes.WAKE_UP, "p99 ms", who, List.of(), 50, false));
  }
}
