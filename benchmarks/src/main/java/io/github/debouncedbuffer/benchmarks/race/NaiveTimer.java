// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.benchmarks.race;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * The incident's design: a list and a timer for each key. A message starts the timer unless one "is
 * running"; the timer takes the list, lets it be handled, and is over.
 */
final class NaiveTimer implements Contender {

  @Override
  public String title() {
    return "naive timer";
  }

  @Override
  public String bias() {
    return "loses all at a crash; no retries, limits or ids";
  }

  @Override
  public Running start(Path folder, Duration window, int workers, Handler handler) {
    return new Timers(window, workers, handler);
  }

  /** What both naive designs have in common: who waits, and when it is his turn. */
  static class Timers implements Running {

    private final Duration window;
    private final Handler handler;
    private final Map<String, List<String>> waiting = new ConcurrentHashMap<>();
    private final Map<String, Boolean> timers = new ConcurrentHashMap<>();
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
    private final ExecutorService pool;

    Timers(Duration window, int workers, Handler handler) {
      this.window = window;
      this.handler = handler;
      this.pool = Executors.newFixedThreadPool(workers);
    }

    @Override
    public void submit(String key, String payload) throws Exception {
      waiting.compute(
          key,
          (any, list) -> {
            List<String> longer = list == null ? new ArrayList<>() : list;
            longer.add(payload);
            return longer;
          });
      if (timers.putIfAbsent(key, true) == null) {
        var unused =
            clock.schedule(
                () -> pool.execute(() -> due(key)), window.toNanos(), TimeUnit.NANOSECONDS);
      }
    }

    private void due(String key) {
      List<String> taken = waiting.remove(key);
      if (taken != null) {
        taken(key, taken);
        handler.handle(key, taken);
      }
      timers.remove(key); // what has come meanwhile waits for the next message, if there is one
    }

    /** Before they are handled. */
    void taken(String key, List<String> payloads) {}

    @Override
    public void close() {
      clock.shutdownNow();
      pool.shutdownNow();
    }
  }
}
