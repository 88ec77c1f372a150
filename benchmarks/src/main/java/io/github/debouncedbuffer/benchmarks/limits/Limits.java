// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.benchmarks.limits;

import io.github.debouncedbuffer.benchmarks.Rounds;
import io.github.debouncedbuffer.benchmarks.Rounds.Entry;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadFactory;

/** How near we come to what the driver alone can do on this disk. */
public final class Limits {

  private final Rounds rounds;
  private final long nanos;

  /**
   * The same work, side by side.
   *
   * @param nanos how long each is measured
   */
  public Limits(Rounds rounds, long nanos) {
    this.rounds = rounds;
    this.nanos = nanos;
  }

  /**
   * Accepted messages per second, and a lone submitter's latency, against rows that are inserted.
   */
  public void accepted() throws Exception {
    List<Entry> entries = new ArrayList<>();
    for (int rows : new int[] {1, 1_000}) {
      entries.add(raw(rows, true));
      entries.add(raw(rows, false));
    }
    entries.add(
        new Entry(
            "ours, 1 submitter", folder -> latencies(OursAtTheLimit.alone(folder, nanos), 1)));
    for (int submitters : new int[] {8, 64}) {
      entries.add(ours(submitters + " submitters", submitters, Thread::new));
    }
    rounds.run("accepted", entries);
  }

  /**
   * The same on a JVM that has virtual threads: a measurement of its own, because what it is held
   * against has to be of the same JVM.
   */
  public void virtualThreads() throws Exception {
    rounds.run(
        "accepted, virtual threads",
        List.of(
            raw(1, true),
            raw(1_000, true),
            ours("64 submitters", 64, Thread::new),
            ours("512 virtual threads", 512, VirtualThreads.factory())));
  }

  private Entry raw(int rows, boolean index) {
    String title = "raw, " + rows + (rows == 1 ? " row a commit" : " rows a commit");
    return new Entry(
        title + (index ? ", key index" : ""),
        folder -> {
          try (RawSqlite raw = new RawSqlite(folder, index)) {
            return latencies(raw.insert(rows, nanos), rows);
          }
        });
  }

  private Entry ours(String title, int submitters, ThreadFactory threads) {
    return new Entry(
        "ours, " + title,
        folder ->
            Map.of("messages/s", OursAtTheLimit.accepted(folder, submitters, threads, nanos)));
  }

  /** Insert, select, delete against submit, claim, handle, complete. */
  public void endToEnd() throws Exception {
    for (int keys : new int[] {2_000, 20_000}) {
      List<Entry> entries = new ArrayList<>();
      for (boolean index : new boolean[] {true, false}) {
        entries.add(
            new Entry(
                "raw" + (index ? ", key index" : ""),
                folder -> {
                  try (RawSqlite raw = new RawSqlite(folder, index)) {
                    return Map.of("messages/s", raw.lifeCycle(keys, 1_000, nanos));
                  }
                }));
      }
      entries.add(
          new Entry(
              "ours",
              folder -> Map.of("messages/s", OursAtTheLimit.endToEnd(folder, keys, nanos))));
      rounds.run("end to end, " + keys + " keys", entries);
    }
  }

  private static Map<String, Double> latencies(long[] taken, int rows) {
    double seconds = Arrays.stream(taken).sum() / 1e9;
    Arrays.sort(taken);
    return Map.of(
        "messages/s", taken.length * (double) rows / seconds,
        "p50 us", taken[taken.length / 2] / 1e3,
        "p99 us", taken[(int) (taken.length * 0.99)] / 1e3);
  }
}
