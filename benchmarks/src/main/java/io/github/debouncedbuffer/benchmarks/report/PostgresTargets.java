// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.benchmarks.report;

import io.github.debouncedbuffer.benchmarks.postgres.SeveralNodes;
import io.github.debouncedbuffer.benchmarks.race.Contender;
import io.github.debouncedbuffer.benchmarks.race.Contenders;
import io.github.debouncedbuffer.benchmarks.race.Races;
import io.github.debouncedbuffer.benchmarks.report.Targets.Target;
import java.util.ArrayList;
import java.util.List;

/** What we want to reach with several nodes on one Postgres. */
final class PostgresTargets {

  static final List<Target> ALL = all();

  private PostgresTargets() {}

  private static List<Target> all() {
    List<Target> all = new ArrayList<>();
    for (String who : SeveralNodes.accepting()) {
      all.add(accepted(who));
    }
    for (int producers : Races.PRODUCERS) {
      for (Contender ours : Contenders.oursOnPostgres()) {
        all.add(endToEnd(producers, ours));
      }
    }
    for (String who : SeveralNodes.TOLD) {
      all.add(late(who));
    }
    return List.copyOf(all);
  }

  private static Target accepted(String who) {
    String what = SeveralNodes.ACCEPTED;
    return new Target("P11, " + who, what, SeveralNodes.OF_RAW, who, List.of(), 0.6, true);
  }

  private static Target endToEnd(int producers, Contender ours) {
    return new Target(
        "P12, " + producers + " producers, " + ours.title(),
        Races.onPostgres(producers),
        "end to end/s",
        ours.title(),
        Contenders.peersOnPostgres().stream().map(Contender::title).toList(),
        10,
        true);
  }

  private static Target late(String who) {
    String what = SeveralNodes.WAKE_UP;
    return new Target("P13, " + who, what, SeveralNodes.P99, who, List.of(), 50, false);
  }
}
