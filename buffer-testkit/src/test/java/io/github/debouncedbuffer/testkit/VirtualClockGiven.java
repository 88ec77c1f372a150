// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.testkit;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;

/** A clock for each test, and what has run on it. */
abstract class VirtualClockGiven {

  static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  final VirtualClock clock = VirtualClock.at(START);
  final List<String> log = new ArrayList<>();

  @AfterEach
  void leaveNoInterrupt() {
    Thread.interrupted();
  }

  static Instant at(long seconds) {
    return START.plusSeconds(seconds);
  }

  static Duration seconds(long seconds) {
    return Duration.ofSeconds(seconds);
  }

  void wakeAt(long seconds, String name) {
    clock.wakeAt(at(seconds), logging(name));
  }

  Runnable logging(String name) {
    return () -> log.add(name + "@" + Duration.between(START, clock.now()).toSeconds());
  }

  void awaiting(CompletableFuture<Void> stage, String name) {
    logging(name + " begins").run();
    try {
      clock.await(stage);
      logging(name + " ends").run();
    } catch (InterruptedException e) {
      logging(name + " interrupted").run();
    }
  }

  void advancing(long seconds) {
    clock.advance(seconds(seconds));
    logging("handled").run();
  }

  @SuppressWarnings("unchecked")
  static <T extends Throwable> void sneak(Throwable thrown) throws T {
    throw (T) thrown;
  }
}
