// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.benchmarks.scale;

import static java.util.Objects.requireNonNull;

import io.github.debouncedbuffer.DebouncedBuffer;
import io.github.debouncedbuffer.WindowPolicy;
import io.github.debouncedbuffer.benchmarks.Rounds;
import io.github.debouncedbuffer.benchmarks.Rounds.Entry;
import io.github.debouncedbuffer.spi.BufferStore;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** What many waiting keys cost: in lateness, in heap, and for each further message. */
public final class Scale {

  private static final String TEXT = "x".repeat(120);

  private final Rounds rounds;
  private final int keys;

  /**
   * With so many keys.
   *
   * @param keys at the most
   */
  public Scale(Rounds rounds, int keys) {
    this.rounds = rounds;
    this.keys = keys;
  }

  /** How late batches begin that are due at a tenth of the keys in each second. */
  public void lateness() throws Exception {
    int due = keys / 10;
    List<Entry> entries = new ArrayList<>();
    for (Stores store : Stores.values()) {
      entries.add(new Entry(store.title(), folder -> lateness(store.open(folder), due)));
    }
    rounds.run("lateness, %,d keys due over 10 s".formatted(due), entries);
  }

  private static Map<String, Double> lateness(BufferStore store, int due) throws Exception {
    long[] late = new long[due];
    AtomicInteger next = new AtomicInteger();
    CountDownLatch done = new CountDownLatch(due);
    Map<String, Duration> waits = new ConcurrentHashMap<>();
    Duration first = Duration.ofSeconds(3 + due / 5_000); // when all are submitted
    for (int n = 0; n < due; n++) {
      waits.put(Waiting.key(n), first.plusNanos(10_000_000_000L / due * n));
    }
    try (DebouncedBuffer<String> buffer =
        Waiting.buffer(
                store,
                batch -> {
                  Instant dueAt = batch.openedAt().plus(requireNonNull(waits.get(batch.key())));
                  late[next.getAndIncrement()] = Duration.between(dueAt, Instant.now()).toNanos();
                  done.countDown();
                })
            .windows(key -> WindowPolicy.fixed(requireNonNull(waits.get(key))))
            .start()) {
      Waiting.submit(buffer, due, Waiting::key, TEXT);
      done.await();
    }
    Arrays.sort(late);
    return Map.of("p50 ms", late[due / 2] / 1e6, "p99 ms", late[(int) (due * 0.99)] / 1e6);
  }

  /** Bytes of heap for a key that waits with one message, beside the key and the payload. */
  public void heap() throws Exception {
    int waiting = keys / 5;
    List<Entry> entries = new ArrayList<>();
    entries.add(new Entry("a bare map with a list", folder -> bareMap(waiting)));
    for (Stores store : Stores.values()) {
      entries.add(new Entry(store.title(), folder -> heap(store, folder, waiting)));
    }
    rounds.run("heap, %,d waiting keys".formatted(waiting), entries);
  }

  private static Map<String, Double> bareMap(int waiting) {
    List<String> names = names(waiting);
    byte[] payload = {1};
    long before = usedHeap();
    Map<String, List<byte[]>> map = new ConcurrentHashMap<>();
    names.forEach(name -> map.computeIfAbsent(name, any -> new ArrayList<>(1)).add(payload));
    double bytes = (usedHeap() - before) / (double) waiting;
    return map.size() == names.size() ? Map.of("bytes a key", bytes) : Map.of();
  }

  /** The keys are held by the test, too, so they are apart; a payload of one byte takes 24. */
  private static Map<String, Double> heap(Stores store, Path folder, int waiting) throws Exception {
    int payload = store == Stores.MEMORY ? 24 : 0;
    List<String> names = names(waiting);
    try (DebouncedBuffer<String> buffer = Waiting.buffer(store.open(folder), batch -> {}).start()) {
      Waiting.submit(buffer, 1_000, n -> "warm" + n, "x");
      long before = usedHeap();
      Waiting.submit(buffer, waiting, n -> names.get((int) n), "x");
      double bytes = (usedHeap() - before) / (double) waiting;
      return Map.of("bytes a key", bytes - payload);
    }
  }

  private static List<String> names(int count) {
    List<String> names = new ArrayList<>(count);
    for (int n = 0; n < count; n++) {
      names.add(Waiting.key(n));
    }
    return names;
  }

  private static long usedHeap() {
    for (int i = 0; i < 3; i++) {
      System.gc();
    }
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }

  /** What a further message of a waiting key costs, with few and with many keys waiting. */
  public void furtherMessages() throws Exception {
    List<Entry> entries = new ArrayList<>();
    for (Stores store : Stores.values()) {
      for (int waiting : new int[] {1_000, keys}) {
        entries.add(
            new Entry(
                "%s, %,d keys".formatted(store.title(), waiting),
                folder -> further(store, folder, waiting)));
      }
    }
    rounds.run("further messages", entries);
  }

  private static Map<String, Double> further(Stores store, Path folder, int waiting)
      throws Exception {
    int messages = 200_000;
    try (DebouncedBuffer<String> buffer =
        Waiting.buffer(store.open(folder), batch -> {})
            .window(WindowPolicy.fixed(Waiting.FOR_EVER).maxBatch(10_000))
            .start()) {
      Waiting.submit(buffer, waiting, Waiting::key, TEXT);
      long begin = System.nanoTime();
      Waiting.submit(buffer, messages, n -> Waiting.key(n * 31 % waiting), TEXT);
      return Map.of("us a message", (System.nanoTime() - begin) / 1e3 / messages);
    }
  }
}
