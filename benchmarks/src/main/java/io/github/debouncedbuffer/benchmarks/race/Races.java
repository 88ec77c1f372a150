// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.benchmarks.race;

import io.github.debouncedbuffer.benchmarks.Rounds;
import io.github.debouncedbuffer.benchmarks.Rounds.Entry;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Every race, with every contender. */
public final class Races {

  private static final int WORKERS = 256;
  private static final int KEYS = 2_000;
  private static final Duration WINDOW = Duration.ofMillis(200);

  /** How many submit at once in the races for speed. */
  public static final List<Integer> PRODUCERS = List.of(8, 64);

  private final Rounds rounds;
  private final Duration length;

  /**
   * Races of this length.
   *
   * @param seconds how long producers submit
   */
  public Races(Rounds rounds, long seconds) {
    this.rounds = rounds;
    this.length = Duration.ofSeconds(seconds);
  }

  /** Ours on several nodes, and who else can share a server. */
  public void onPostgres() throws Exception {
    for (int producers : PRODUCERS) {
      race(onPostgres(producers), Contenders.onPostgres(), speed(producers));
    }
  }

  /** What the race of so many producers on one Postgres is called. */
  public static String onPostgres(int producers) {
    return "one Postgres, " + producers + " producers";
  }

  private Race speed(int producers) {
    return new Race(producers, KEYS, WINDOW, Duration.ZERO, Duration.ZERO, length);
  }

  /** Speed first, then what is lost when handlers take shorter or longer than the window. */
  public void run() throws Exception {
    for (int producers : PRODUCERS) {
      race("durable, " + producers + " producers", Contenders.durable(), speed(producers));
    }
    race("in memory, 8 producers", Contenders.inMemory(), speed(8));
    Duration brief = Duration.ofMillis(35);
    for (int work : new int[] {26, 100}) {
      Race race = new Race(2, 50, brief, Duration.ofMillis(work), Duration.ofMillis(1), length);
      race("faults, durable, handler " + work + " ms", Contenders.durable(), race);
      race("faults, in memory, handler " + work + " ms", Contenders.inMemory(), race);
    }
  }

  private void race(String what, List<Contender> contenders, Race race) throws Exception {
    rounds.run(
        what,
        contenders.stream()
            .map(
                each -> new Entry(each.title(), folder -> figures(race.run(each, folder, WORKERS))))
            .toList());
  }

  private static Map<String, Double> figures(Race.Result result) {
    Map<String, Double> figures = new LinkedHashMap<>();
    figures.put("submits/s", result.submitsPerSecond());
    figures.put("end to end/s", result.endToEndPerSecond());
    figures.put("cpu us", result.cpuMicros());
    figures.put("late p99 ms", result.faults().lateMillis());
    figures.put("never", (double) result.faults().never());
    figures.put("stranded", (double) result.faults().stranded());
    figures.put("duplicate", (double) result.faults().duplicate());
    figures.put("overlapping", (double) result.faults().overlapping());
    figures.put("reordered", (double) result.faults().reordered());
    figures.put("batch", result.faults().batchSize());
    return figures;
  }
}
