// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.benchmarks.race;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * Producers submit as fast as they are let, for a while; then everything that was accepted is
 * waited for.
 *
 * @param producers threads that submit; a key belongs to one of them
 * @param keys how many
 * @param window of each key
 * @param work how long a handler takes
 * @param pause of a producer after each submit; zero for as fast as it is let
 * @param length how long the producers submit
 */
public record Race(
    int producers, int keys, Duration window, Duration work, Duration pause, Duration length) {

  private static final int MOST = 4_000_000;
  private static final long LONGEST_WAIT = Duration.ofMinutes(1).toNanos();
  private static final String TEXT = " " + "x".repeat(110);
  private static final OperatingSystemMXBean SYSTEM =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

  /** What came of it. */
  record Result(
      int accepted,
      double submitsPerSecond,
      double endToEndPerSecond,
      double cpuMicros,
      Tally.Faults faults) {}

  Result run(Contender contender, Path folder, int workers) throws Exception {
    Tally tally =
        new Tally(
            MOST, window, work, window.multipliedBy(2).plus(work.multipliedBy(3)).plusSeconds(1));
    AtomicInteger next = new AtomicInteger();
    long cpu = SYSTEM.getProcessCpuTime();
    long begin = System.nanoTime();
    long submitted;
    long delivered;
    int accepted;
    try (Contender.Running running = contender.start(folder, window, workers, tally)) {
      begin = System.nanoTime();
      submitAll(running, tally, next, begin + length.toNanos());
      submitted = System.nanoTime();
      accepted = Math.min(next.get(), MOST);
      delivered = awaitDelivery(tally, accepted);
      cpu = SYSTEM.getProcessCpuTime() - cpu;
    }
    return new Result(
        accepted,
        accepted * 1e9 / (submitted - begin),
        tally.delivered() * 1e9 / (delivered - begin),
        cpu / 1e3 / Math.max(1, accepted),
        tally.faults(accepted));
  }

  private void submitAll(Contender.Running running, Tally tally, AtomicInteger next, long end)
      throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(producers);
    try {
      List<Future<?>> all = new ArrayList<>();
      for (int i = 0; i < producers; i++) {
        int producer = i;
        all.add(threads.submit(() -> submit(running, tally, next, producer, end)));
      }
      for (Future<?> each : all) {
        each.get();
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private Void submit(
      Contender.Running running, Tally tally, AtomicInteger next, int producer, long end)
      throws Exception {
    int own = Math.max(1, keys / producers);
    for (int i = 0; System.nanoTime() < end; i++) {
      int number = next.getAndIncrement();
      if (number >= MOST) {
        return null;
      }
      tally.submitting(number);
      running.submit("wati:5037000" + (producer * own + i % own), number + TEXT);
      if (!pause.isZero()) {
        LockSupport.parkNanos(pause.toNanos());
      }
    }
    return null;
  }

  /** Until all are there, or nothing has come for long, or a minute is over. When the last came. */
  private long awaitDelivery(Tally tally, int accepted) {
    long patience = window.multipliedBy(3).plus(work.multipliedBy(10)).plusSeconds(3).toNanos();
    long begin = System.nanoTime();
    long last = begin;
    long seen = tally.delivered();
    while (seen < accepted
        && System.nanoTime() - last < patience
        && System.nanoTime() - begin < LONGEST_WAIT) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
      long now = tally.delivered();
      if (now > seen) {
        seen = now;
        last = System.nanoTime();
      }
    }
    return last;
  }
}
