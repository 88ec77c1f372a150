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

  CompletableFuture<Answer> answer(List<String> texts) {
    Instant askedAt = clock.now();
    CompletableFuture<Answer> done = new CompletableFuture<>();
    busy++;
    clock.wakeAt(
        askedAt.plus(takes),
        () -> {
          Answer answer = new Answer(texts, askedAt, clock.now());
          answers.add(answer);
          busy--;
          done.complete(answer);
        });
    return done;
  }

  boolean isBusy() {
    return busy > 0;
  }

  List<Answer> answers() {
    return List.copyOf(answers);
  }
}
