// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.benchmarks.report;

import io.github.debouncedbuffer.benchmarks.race.Contender;
import io.github.debouncedbuffer.benchmarks.race.Contenders;
import java.util.List;

/** What we want to reach, as ratios of two contenders in one run. */
final class Targets {

  /**
   * One of them.
   *
   * @param what which measurement
   * @param unit of both figures
   * @param ours the contender that is divided
   * @param others the best one of them is what it is divided by; if empty, it stands for itself
   * @param wanted the ratio, or the figure itself
   * @param atLeast whether more is better
   */
  record Target(
      String name,
      String what,
      String unit,
      String ours,
      List<String> others,
      double wanted,
      boolean atLeast) {

    boolean isMet(double ratio) {
      return atLeast ? ratio >= wanted : ratio <= wanted;
    }
  }

  private static final String SQLITE = "DebouncedBuffer, SQLite";
  private static final String MEMORY = "DebouncedBuffer, memory";
  private static final String ROW = "raw, 1 row a commit, key index";
  private static final String RAW = "raw, key index";
  private static final String PER_SECOND = "messages/s";
  private static final String END_TO_END = "end to end/s";

  static final List<Target> ALL =
      List.of(
          more("P1, 8 submitters", "accepted", PER_SECOND, "ours, 8 submitters", ROW, 3.5),
          more("P1, 64 submitters", "accepted", PER_SECOND, "ours, 64 submitters", ROW, 10),
          more(
              "P1, 512 virtual threads",
              "accepted, virtual threads",
              PER_SECOND,
              "ours, 512 virtual threads",
              "raw, 1000 rows a commit, key index",
              0.5),
          more("P2, 2,000 keys", "end to end, 2000 keys", PER_SECOND, "ours", RAW, 0.4),
          more("P2, 20,000 keys", "end to end, 20000 keys", PER_SECOND, "ours", RAW, 0.3),
          less(
              "P3, a lone submitter's median",
              "accepted",
              "p50 us",
              "ours, 1 submitter",
              ROW,
              1.25),
          more("P4, naive", "durable, 8 producers", END_TO_END, SQLITE, "naive timer, SQLite", 4),
          more("P4, db-scheduler", "durable, 8 producers", END_TO_END, SQLITE, "db-scheduler", 6),
          more(
              "P4, Spring",
              "durable, 8 producers",
              END_TO_END,
              SQLITE,
              "Spring Integration, JDBC",
              15),
          more("P4, Camel", "durable, 8 producers", END_TO_END, SQLITE, "Camel, JDBC", 18),
          new Target(
              "P4, the fastest durable peer",
              "durable, 64 producers",
              END_TO_END,
              SQLITE,
              Contenders.durable().stream()
                  .map(Contender::title)
                  .filter(title -> !title.equals(SQLITE))
                  .toList(),
              12,
              true),
          less("P5, Reactor", "in memory, 8 producers", "cpu us", MEMORY, "Reactor", 0.6),
          less("P5, Camel", "in memory, 8 producers", "cpu us", MEMORY, "Camel, memory", 0.15));

  private Targets() {}

  private static Target more(
      String name, String what, String unit, String ours, String other, double wanted) {
    return new Target(name, what, unit, ours, List.of(other), wanted, true);
  }

  private static Target less(
      String name, String what, String unit, String ours, String other, double wanted) {
    return new Target(name, what, unit, ours, List.of(other), wanted, false);
  }
}
