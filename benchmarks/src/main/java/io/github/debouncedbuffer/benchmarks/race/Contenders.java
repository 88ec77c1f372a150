// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.benchmarks.race;

import io.github.debouncedbuffer.benchmarks.postgres.SeveralNodes;
import java.util.List;
import java.util.stream.Stream;

/** All who take part. */
public final class Contenders {

  private Contenders() {}

  /** What survives a crash. */
  public static List<Contender> durable() {
    return Stream.concat(Stream.of(Ours.SQLITE, new NaiveSqlite()), peersOnPostgres().stream())
        .toList();
  }

  /** What uses one Postgres: this library on several nodes, a plain queue, and peers. */
  public static List<Contender> onPostgres() {
    return Stream.of(oursOnPostgres(), List.of(rawQueue()), peersOnPostgres())
        .flatMap(List::stream)
        .toList();
  }

  /** This library on one node, on two, on four. */
  public static List<Contender> oursOnPostgres() {
    return SeveralNodes.COUNTS.stream().<Contender>map(OursOnPostgres::new).toList();
  }

  /** A table that is a queue, without windows. */
  public static Contender rawQueue() {
    return new SkipLocked();
  }

  /** Who keeps messages on Postgres and collects them. */
  public static List<Contender> peersOnPostgres() {
    return List.of(
        DbScheduler.IF_ABSENT, DbScheduler.CHECKED, SpringAggregator.JDBC, CamelAggregate.JDBC);
  }

  /** What does not survive a crash. */
  public static List<Contender> inMemory() {
    return List.of(
        Ours.MEMORY,
        new NaiveTimer(),
        new ReactorBuffer(),
        new RxJavaBuffer(),
        SpringAggregator.MEMORY,
        CamelAggregate.MEMORY);
  }
}
