// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.behaviour;

import io.github.debouncedbuffer.AsyncHandler;
import io.github.debouncedbuffer.Batch;
import io.github.debouncedbuffer.testkit.VirtualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A handler that does what the test says, run by run, and remembers each run. */
final class Scripted implements AsyncHandler<String> {

  /** One run, as the handler saw it. */
  record Ran(Instant at, Batch<String> batch) {}

  /** What a run does. */
  @FunctionalInterface
  interface Act {
    CompletionStage<?> on(Batch<String> batch) throws Exception;
  }

  final List<Ran> runs = new ArrayList<>();
  private final Deque<Act> acts = new ArrayDeque<>();
  private Act otherwise = batch -> CompletableFuture.completedFuture(null);
  private VirtualClock clock;

  void clock(VirtualClock newClock) {
    clock = newClock;
  }

  /** What runs do for which nothing is scripted: return at once, if this is not called. */
  void otherwise(Act act) {
    otherwise = act;
  }

  /** The next run does this. */
  Scripted then(Act act) {
    acts.add(act);
    return this;
  }

  Scripted thenTake(Duration time) {
    return then(batch -> after(time));
  }

  Scripted thenThrow(Throwable thrown) {
    return then(
        batch -> {
          if (thrown instanceof Error error) {
            throw error;
          }
          throw (Exception) thrown;
        });
  }

  CompletableFuture<Void> after(Duration time) {
    CompletableFuture<Void> done = new CompletableFuture<>();
    clock.wakeAt(clock.now().plus(time), () -> done.complete(null));
    return done;
  }

  @Override
  public CompletionStage<?> handle(Batch<String> batch) throws Exception {
    runs.add(new Ran(clock.now(), batch));
    Act act = acts.poll();
    return (act == null ? otherwise : act).on(batch);
  }

  /** The payloads of each run, in the order of the runs. */
  List<List<String>> payloads() {
    return runs.stream().map(ran -> ran.batch().payloads()).toList();
  }

  /** When each run began, in seconds from the start of the test. */
  List<Double> seconds() {
    return runs.stream()
        .map(ran -> Duration.between(World.START, ran.at()).toMillis() / 1000.0)
        .toList();
  }
}
