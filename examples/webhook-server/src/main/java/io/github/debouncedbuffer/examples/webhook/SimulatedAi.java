// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.examples.webhook;

import io.github.debouncedbuffer.Batch;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;

/** Takes as long as an AI does, and repeats what it was asked. Thread-safe; can be interrupted. */
public final class SimulatedAi implements Ai {

  private final Duration shortest;
  private final Duration longest;
  private final AtomicInteger failures = new AtomicInteger();

  /**
   * Takes a random time.
   *
   * @param shortest zero or more
   * @param longest at least {@code shortest}
   */
  public SimulatedAi(Duration shortest, Duration longest) {
    if (shortest.isNegative() || longest.compareTo(shortest) < 0) {
      throw new IllegalArgumentException(
          "shortest " + shortest + " must be zero or more, and longest " + longest + " no less");
    }
    this.shortest = shortest;
    this.longest = longest;
  }

  /**
   * As slow as a real one.
   *
   * @return one that takes 5 to 25 seconds
   */
  public static SimulatedAi slow() {
    return new SimulatedAi(Duration.ofSeconds(5), Duration.ofSeconds(25));
  }

  /**
   * Has the next answers fail, when their time is up.
   *
   * @param times how many of them; instead of what was set before
   */
  public void failNext(int times) {
    failures.set(times);
  }

  @Override
  public String answer(Batch<String> batch) throws InterruptedException {
    Thread.sleep(ThreadLocalRandom.current().nextLong(shortest.toMillis(), longest.toMillis() + 1));
    if (failures.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
      throw new IllegalStateException("the AI fails, as it was told to; it is asked again later");
    }
    return "This answers " + batch.payloads();
  }
}
