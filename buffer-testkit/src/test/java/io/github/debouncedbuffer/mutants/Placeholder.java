// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.mutants;

import io.github.debouncedbuffer.Batch;
import io.github.debouncedbuffer.Codec;
import io.github.debouncedbuffer.DebouncedBuffer;
import io.github.debouncedbuffer.Message;
import io.github.debouncedbuffer.Receipt;
import io.github.debouncedbuffer.RetryPolicy;
import io.github.debouncedbuffer.spi.KeyRow;
import io.github.debouncedbuffer.spi.KeyState;
import io.github.debouncedbuffer.spi.StoreException.Reason;
import io.github.debouncedbuffer.spi.StoredMessage;
import io.github.debouncedbuffer.testkit.VirtualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Random scenarios until the simulation is there. To be thrown away. */
final class Placeholder {

  private static final int STEPS = 80;
  private static final int WORKERS = 3;

  private final Random random;
  private final PlaceholderStore store = new PlaceholderStore();
  private final PlaceholderChecks checks = new PlaceholderChecks();
  private VirtualClock clock = VirtualClock.at(Instant.parse("2026-01-05T09:00:00Z"));
  private DebouncedBuffer<String> buffer;
  private boolean returnAtOnce;
  private boolean closed;
  private Instant quietFrom = Instant.MIN;
  private final List<CompletableFuture<Receipt>> asked = new ArrayList<>();
  private int number;
  private int life;
  private final List<String> script = new ArrayList<>();

  private Placeholder(long seed) {
    random = new Random(seed);
  }

  static Optional<Verdict> run(long seed, int scenarios) {
    for (int i = 1; i <= scenarios; i++) {
      Placeholder scenario = new Placeholder(seed * 1_000_003 + i);
      int step = scenario.play();
      if (scenario.checks.promise != null) {
        return Optional.of(
            new Verdict(
                scenario.checks.promise, i, step, scenario.checks.what + " " + scenario.script));
      }
    }
    return Optional.empty();
  }

  private int play() {
    store.committed = () -> checks.commit(store, clock.now());
    start();
    int step = 0;
    while (step < STEPS && checks.promise == null) {
      step++;
      try {
        operation();
        quiescent();
        for (String payload : checks.duplicates) {
          if (!checks.payloadOf.containsKey(String.valueOf(checks.idOf.get(payload)))) {
            checks.violated("G13", "duplicate of nothing: " + payload);
          }
        }
        for (String payload : checks.accepted) {
          if (!checks.seen.contains(payload)) {
            checks.violated("G1", "accepted and not stored: " + payload);
          }
        }
      } catch (IllegalStateException | IllegalArgumentException stuck) {
        checks.violated("G17", stuck.toString());
      } catch (AssertionError thrown) {
        checks.violated("G17", thrown.toString());
      }
    }
    if (checks.promise == null) {
      drain();
    }
    return step;
  }

  private void start() {
    int mine = ++life;
    closed = false;
    buffer =
        DebouncedBuffer.builder(Codec.utf8())
            .store(store)
            .windows(PlaceholderChecks::policy)
            .retry(
                RetryPolicy.DEFAULT
                    .maxAttempts(PlaceholderChecks.MAX_ATTEMPTS)
                    .backoff(Duration.ofSeconds(10), Duration.ofMinutes(10))
                    .jitter(0))
            .asyncHandler(batch -> mine == life ? handle(batch) : new CompletableFuture<>())
            .workers(WORKERS)
            .handlerTimeout(Duration.ofMinutes(2))
            .closeTimeout(Duration.ofSeconds(5))
            .idRetention(PlaceholderChecks.RETENTION)
            .clock(clock)
            .executor(clock.executor())
            .commitExecutor(clock.executor())
            .start();
  }

  private CompletionStage<?> handle(Batch<String> batch) {
    String key = batch.key();
    if (closed) {
      checks.violated("G16", "handed over after close");
    }
    if (checks.live.containsKey(key)) {
      checks.violated("G4", "two runs of " + key);
    }
    List<StoredMessage> oldest = checks.messages.getOrDefault(key, List.of());
    List<Message<String>> members = batch.messages();
    for (int i = 0; i < members.size(); i++) {
      if (!members.get(i).payload().startsWith(key)) {
        checks.violated("G14", "another key's " + members.get(i));
      } else if (i >= oldest.size() || members.get(i).sequence() != oldest.get(i).sequence()) {
        checks.violated("G5", "not the oldest " + members);
      }
    }
    PlaceholderRun run = new PlaceholderRun(batch, new CompletableFuture<>(), clock.now());
    if (returnAtOnce) {
      members.forEach(m -> checks.returned.add(m.payload()));
      return CompletableFuture.completedFuture(null);
    }
    checks.live.put(key, run);
    if (checks.live.size() > WORKERS && checks.live.values().stream().noneMatch(this::old)) {
      checks.violated("G16", "more runs than workers");
    }
    return run.end();
  }

  private boolean old(PlaceholderRun run) {
    return !run.began().plus(Duration.ofMinutes(2)).isAfter(clock.now());
  }

  private void end(int how) {
    if (checks.live.isEmpty()) {
      return;
    }
    List<String> keys = checks.live.keySet().stream().sorted().toList();
    PlaceholderRun run = checks.live.remove(keys.get(random.nextInt(keys.size())));
    if (how < 6) {
      run.batch().messages().forEach(m -> checks.returned.add(m.payload()));
      run.end().complete(null);
    } else {
      run.end().completeExceptionally(how < 9 ? new RuntimeException("x") : new LinkageError("x"));
    }
  }

  private void operation() {
    String key = PlaceholderChecks.KEYS.get(random.nextInt(4));
    int op = random.nextInt(100);
    script.add(op + key);
    if (op < 35) {
      submit(key);
    } else if (op < 50) {
      clock.advance(Duration.ofMillis(random.nextInt(20_000)));
    } else if (op < 66) {
      end(random.nextInt(10));
    } else if (op < 72) {
      for (int i = random.nextInt(4); i > 0 && clock.readyTasks() > 0; i--) {
        clock.run(random.nextInt(clock.readyTasks()));
      }
    } else if (op < 75) {
      flush(key);
    } else if (op < 78) {
      extend(key);
    } else if (op < 80) {
      checks.discarding = key;
      swallow(
          () ->
              buffer
                  .discard(key)
                  .forEach(
                      m -> {
                        checks.seen.add(new String(m.payload()));
                        checks.ended.add(new String(m.payload()));
                        m.id()
                            .ifPresent(
                                id -> {
                                  checks.payloadOf.putIfAbsent(
                                      key + "/" + id, new String(m.payload()));
                                  checks.idEnded.putIfAbsent(key + "/" + id, clock.now());
                                });
                      }));
      checks.discarding = null;
    } else if (op < 83) {
      checks.letters.stream()
          .findFirst()
          .ifPresent(letter -> swallow(() -> buffer.redrive(letter.row().id())));
    } else if (op < 86) {
      crash();
    } else if (op < 89) {
      restart();
    } else if (op < 91) {
      store.before = random.nextBoolean() ? Reason.BUSY : Reason.FULL;
    } else if (op < 94) {
      store.after = Reason.OUTCOME_UNKNOWN;
      checks.unknown = true;
    } else {
      clock.advance(Duration.ofSeconds(random.nextInt(300)));
    }
  }

  private void submit(String key) {
    String payload = key + "-" + number++;
    String id = random.nextInt(3) == 0 ? "id" + random.nextInt(8) : null;
    if (id != null) {
      checks.idOf.put(payload, key + "/" + id);
    }
    CompletionStage<Receipt> told = buffer.submitAsync(key, id, payload);
    asked.add(told.toCompletableFuture());
    told.whenComplete(
        (receipt, failed) -> {
          if (receipt != null) {
            checks.receipt(payload, receipt, clock.now());
          }
        });
  }

  private void flush(String key) {
    checks.flushing = key;
    boolean ok =
        swallow(
            () -> {
              if (buffer.flush(key)) {
                List<StoredMessage> all = checks.messages.getOrDefault(key, List.of());
                if (!all.isEmpty()) {
                  checks.stickyThrough.put(key, all.get(all.size() - 1).sequence());
                }
              }
            });
    checks.flushing = null;
    if (!ok) {
      checks.vague.add(key);
    }
  }

  private void extend(String key) {
    KeyRow row = checks.rows.get(key);
    if (row == null || !row.policy().quiet() && !key.equals("k0") || clock.readyTasks() > 0) {
      return;
    }
    if (row.window() != null && row.window().dueNow()) {
      return;
    }
    Instant until = clock.now().plusMillis(random.nextInt(40_000));
    Instant was = checks.extended.get(key);
    checks.extended.put(key, was == null || until.isAfter(was) ? until : was);
    if (!swallow(() -> buffer.extend(key, until))) {
      checks.vague.add(key);
    }
  }

  private boolean swallow(Runnable call) {
    try {
      call.run();
      return true;
    } catch (io.github.debouncedbuffer.spi.StoreException e) {
      quietFrom = clock.now().plusSeconds(2);
      return false;
    }
  }

  private void crash() {
    checks.live.clear();
    asked.clear();
    store.before = null;
    store.after = null;
    store.raw = store.raw.reopen();
    Duration jump = Duration.ofSeconds(random.nextInt(60) - (random.nextInt(8) == 0 ? 60 : 0));
    checks.jumpedBack |= jump.isNegative();
    clock = VirtualClock.at(clock.now().plus(jump));
    checks.crashed = true;
    checks.reopened = true;
    start();
  }

  private void restart() {
    store.before = null;
    store.after = null;
    if (random.nextBoolean()) {
      end(0);
    }
    buffer.close();
    closed = true;
    clock.runReady();
    if (asked.stream().anyMatch(told -> !told.isDone())) {
      checks.violated("G17", "a submit never ends");
    }
    checks.live.clear();
    clock = VirtualClock.at(clock.now());
    checks.reopened = true;
    start();
  }

  /** What must hold when nothing is left to do at this instant. */
  private void quiescent() {
    if (clock.readyTasks() > 0 || store.before != null || store.after != null) {
      quietFrom = clock.now().plusSeconds(2);
    }
    if (store.faults > 0) {
      store.faults = 0;
      quietFrom = clock.now().plusSeconds(2);
    }
    if (!clock.now().isAfter(quietFrom)) {
      return;
    }
    boolean recoveredLive = false;
    Set<String> running = new HashSet<>(checks.live.keySet());
    for (KeyRow row : checks.rows.values()) {
      recoveredLive |= row.state() == KeyState.RUNNING && row.batch().recovered();
      if (row.state() == KeyState.RUNNING && !running.contains(row.key())) {
        checks.violated("G3", "runs nowhere: " + row);
      }
    }
    if (running.size() >= WORKERS) {
      return;
    }
    for (KeyRow row : checks.rows.values()) {
      Instant becameDue = checks.lastEnd.get(row.key());
      if (becameDue != null && clock.now().isBefore(becameDue.plusMillis(101))) {
        continue; // a claim ahead of the completion in its group: looked for again after 100 ms
      }
      boolean held = recoveredLive && row.batch() != null && row.batch().recovered();
      if (row.dueAt() != null && !held) {
        if (clock.nextWakeUp().isEmpty() || clock.nextWakeUp().get().isAfter(row.dueAt())) {
          checks.violated(
              "G3",
              clock
                  + " "
                  + clock.nextWakeUp()
                  + " quiet from "
                  + quietFrom
                  + " live "
                  + checks.live.keySet()
                  + " rows "
                  + checks.rows.values()
                  + " nothing wakes for "
                  + row);
        }
      }
    }
  }

  private void drain() {
    try {
      returnAtOnce = true;
      store.before = null;
      store.after = null;
      for (int i = 0; i < 5; i++) {
        while (!checks.live.isEmpty()) {
          end(0);
        }
        clock.advance(Duration.ofMinutes(30));
      }
      quietFrom = Instant.MIN;
      quiescent();
      if (checks.messages.values().stream().anyMatch(list -> !list.isEmpty())) {
        checks.violated("G3", "not drained " + checks.rows);
      }
    } catch (IllegalStateException | AssertionError stuck) {
      checks.violated("G17", stuck.toString());
    }
  }
}
