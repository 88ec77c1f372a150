// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.benchmarks.postgres;

import io.github.debouncedbuffer.benchmarks.Rounds;
import io.github.debouncedbuffer.benchmarks.Rounds.Entry;
import io.github.debouncedbuffer.benchmarks.postgres.Acceptance.Load;
import io.github.debouncedbuffer.postgres.PostgresBufferStore;
import io.github.debouncedbuffer.postgres.PostgresOptions;
import io.github.debouncedbuffer.spi.BufferStore;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** What several nodes on one Postgres can do, apart from races with peers. */
public final class SeveralNodes {

  /** How many nodes. */
  public static final List<Integer> COUNTS = List.of(1, 2, 4);

  /** How many messages are accepted. */
  public static final String ACCEPTED = "accepted, nodes in one process, one Postgres";

  /** Its unit: what the driver alone can insert in the same groups is 1. */
  public static final String OF_RAW = "of raw";

  /** From a key's due time to the handler's call on a node that had nothing to do. */
  public static final String WAKE_UP = "lateness on another node, one process, one Postgres";

  /** Its unit: but for a hundredth, none is later. */
  public static final String P99 = "p99 ms";

  /** Who hears of an earlier due time, with a window that leaves time to be told, and with none. */
  public static final List<String> TOLD = List.of("told, window 20 ms", "told, window 1 ms");

  private static final Duration LEASE = Duration.ofSeconds(1);

  private final Rounds rounds;
  private final long nanos;
  private final int samples;

  /**
   * Measures on the server of {@link Postgres}.
   *
   * @param nanos how long each is measured
   * @param samples how often a wake-up is measured
   */
  public SeveralNodes(Rounds rounds, long nanos, int samples) {
    this.rounds = rounds;
    this.nanos = nanos;
    this.samples = samples;
  }

  /** "1 node", "2 nodes". */
  public static String nodes(int count) {
    return count + (count == 1 ? " node" : " nodes");
  }

  /** Who is measured in {@link #ACCEPTED}. */
  public static List<String> accepting() {
    return loads(0).keySet().stream()
        .flatMap(load -> COUNTS.stream().map(count -> accepting(count, load)))
        .toList();
  }

  private static String accepting(int count, String load) {
    return nodes(count) + ", " + load;
  }

  private static Map<String, Load> loads(long nanos) {
    Map<String, Load> loads = new LinkedHashMap<>();
    loads.put("8 submitters each", Acceptance.waiting(8, nanos));
    loads.put("64 submitters each", Acceptance.waiting(64, nanos));
    loads.put("asynchronous", Acceptance.asynchronous(nanos));
    return loads;
  }

  /** Accepted messages per second, against rows that as many connections insert. */
  public void accepted() throws Exception {
    List<Entry> entries = new ArrayList<>();
    loads(nanos)
        .forEach(
            (title, load) -> {
              for (int count : COUNTS) {
                entries.add(
                    new Entry(
                        accepting(count, title),
                        folder -> Acceptance.besideRaw(folder, count, load, nanos)));
              }
            });
    rounds.run(ACCEPTED, entries);
  }

  /**
   * What it costs when every commit tells the other nodes something, which none does as a rule: a
   * statement more in each transaction, one that notifies and one that does not.
   */
  public void notifications() throws Exception {
    List<Entry> entries = new ArrayList<>();
    for (int count : COUNTS) {
      entries.add(talkative(count, "a query more", "SELECT length('bench')"));
      entries.add(talkative(count, "a NOTIFY more", "SELECT pg_notify('bench', '')"));
    }
    rounds.run(ACCEPTED + ", 64 submitters each", entries);
  }

  private Entry talkative(int count, String title, String query) {
    Load load = Acceptance.waiting(64, nanos);
    return new Entry(
        accepting(count, title),
        folder ->
            Map.of(
                "messages/s",
                Acceptance.ours(folder, count, store -> new TalkativeStore(store, query), load)
                    .perSecond()));
  }

  /** How late a node's idle neighbour takes over, told of it or not. */
  public void wakeUps() throws Exception {
    Duration third = LEASE.dividedBy(3);
    rounds.run(
        WAKE_UP,
        List.of(
            wakeUp(TOLD.get(0), Duration.ofMillis(20), Duration.ZERO, Nodes::store, samples),
            wakeUp(TOLD.get(1), Duration.ofMillis(1), Duration.ZERO, Nodes::store, samples),
            wakeUp(
                "never told, lease 1 s",
                Duration.ofMillis(20),
                third,
                SeveralNodes::deaf,
                Math.min(samples, 20))));
  }

  private static BufferStore deaf(Postgres.Database database) {
    PostgresOptions options = PostgresOptions.defaults().withLease(LEASE);
    return new DeafStore(PostgresBufferStore.open(database.unpooled(), options));
  }

  private static Entry wakeUp(
      String title,
      Duration window,
      Duration longestPause,
      Function<Postgres.Database, BufferStore> stores,
      int times) {
    return new Entry(
        title,
        folder -> {
          try (Postgres.Database database = Postgres.newDatabase(folder)) {
            return new WakeUps(window, longestPause)
                .measure(stores.apply(database), stores.apply(database), times);
          }
        });
  }

  /** Round trips of each kind of transaction, which ought not to grow with the group. */
  public void roundTrips() throws Exception {
    List<Entry> entries = new ArrayList<>();
    for (int keys : new int[] {1, 10, 1_000}) {
      entries.add(new Entry("a group of " + keys, folder -> roundTrips(folder, keys)));
    }
    rounds.run("round trips of a transaction, one Postgres", entries);
  }

  private static Map<String, Double> roundTrips(Path folder, int keys) throws Exception {
    try (Postgres.Database database = Postgres.newDatabase(folder)) {
      return RoundTrips.measure(database, keys);
    }
  }
}
