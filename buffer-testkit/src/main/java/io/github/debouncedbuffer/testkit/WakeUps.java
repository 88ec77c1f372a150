// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.testkit;

import io.github.debouncedbuffer.spi.BufferClock.Cancellable;
import java.time.Instant;
import java.util.TreeSet;

/** The tasks whose time has not come, in the order of their times. */
final class WakeUps {

  private final ReadyTasks ready;
  private final TreeSet<WakeUp> waiting = new TreeSet<>();
  private long armed;

  WakeUps(ReadyTasks ready) {
    this.ready = ready;
  }

  Cancellable arm(Instant at, Runnable task, Instant now) {
    var wakeUp = new WakeUp(at, armed++, task);
    if (at.isAfter(now)) {
      waiting.add(wakeUp);
    } else {
      ready.execute(wakeUp);
    }
    return wakeUp;
  }

  boolean isEmpty() {
    return waiting.isEmpty();
  }

  int size() {
    return waiting.size();
  }

  /** The earliest time. There must be one. */
  Instant next() {
    return waiting.first().at;
  }

  void makeReady(Instant now) {
    while (!waiting.isEmpty() && !next().isAfter(now)) {
      ready.execute(waiting.pollFirst());
    }
  }

  private final class WakeUp implements Runnable, Cancellable, Comparable<WakeUp> {
    private final Instant at;
    private final long number;
    private final Runnable task;

    WakeUp(Instant at, long number, Runnable task) {
      this.at = at;
      this.number = number;
      this.task = task;
    }

    @Override
    public void run() {
      task.run();
    }

    @Override
    public void cancel() {
      ready.checkThread();
      if (!waiting.remove(this)) {
        ready.remove(this); // nothing to do if it runs or has run
      }
    }

    @Override
    public int compareTo(WakeUp other) {
      int byTime = at.compareTo(other.at);
      return byTime != 0 ? byTime : Long.compare(number, other.number);
    }
  }
}
