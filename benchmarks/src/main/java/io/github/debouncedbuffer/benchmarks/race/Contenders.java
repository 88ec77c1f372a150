// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.benchmarks.race;

import java.util.List;

/** All who take part. */
public final class Contenders {

  private Contenders() {}

  /** What survives a crash. */
  public static List<Contender> durable() {
    return List.of(
        Ours.SQLITE,
        new NaiveSqlite(),
        DbScheduler.IF_ABSENT,
        DbScheduler.CHECKED,
        SpringAggregator.JDBC,
        CamelAggregate.JDBC);
  }

  /** What does not. */
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
