// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.examples;

import io.github.debouncedbuffer.testkit.VirtualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** An AI that takes its virtual time, and remembers what it answered when. */
final class SimulatedAi {

  /** One call. */
  record Answer(List<String> texts, Instant askedAt, Instant answeredAt) {}

  private final VirtualClock clock;
  private final Duration takes;
  private final List<Answer> answers = new ArrayList<>();
  private int busy;

  SimulatedAi(VirtualClock clock, Duration takes) {
    this.clock = clock;
    this.takes = takes;
  }

  void answer(List<String> texts, Runnable whenAnswered) {
    Instant askedAt = clock.now();
    busy++;
    clock.wakeAt(
        askedAt.plus(takes),
        () -> {
          busy--;
          answers.add(new Answer(texts, askedAt, clock.now()));
          whenAnswered.run();
        });
  }

  CompletableFuture<Instant> answer(List<String> texts) {
    CompletableFuture<Instant> answeredAt = new CompletableFuture<>();
    answer(texts, () -> answeredAt.complete(clock.now()));
    return answeredAt;
  }

  boolean isBusy() {
    return busy > 0;
  }

  List<Answer> answers() {
    return List.copyOf(answers);
  }
}
