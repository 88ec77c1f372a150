// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.internal;

import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The runs in progress: all that the engine remembers of keys. They begin and end on the commit
 * lane; everything else only looks.
 */
final class Runs<P> {

  private final int workers;
  private final Map<Long, Run<P>> byToken = new ConcurrentHashMap<>();
  private volatile boolean stopped;
  private volatile int unresolved;

  Runs(int workers) {
    this.workers = workers;
  }

  void begin(Run<P> run) {
    byToken.put(run.token(), run);
  }

  void end(Run<P> run) {
    byToken.remove(run.token());
  }

  /** The run under this token, if it is one of ours. */
  @Nullable Run<P> of(long token) {
    return byToken.get(token);
  }

  /**
   * How many batches may be claimed now. A run beyond its timeout has its slot replaced, for as
   * many as there are workers.
   */
  int free() {
    if (stopped || unresolved > 0) {
      return 0;
    }
    int replaced = 0;
    for (Run<P> run : byToken.values()) {
      replaced += run.state.isTimedOut() ? 1 : 0;
    }
    return Math.max(0, workers + Math.min(replaced, workers) - byToken.size());
  }

  /** Batches that may have killed the last process run one at a time; a hung one gives way. */
  boolean recoveredMayRun() {
    for (Run<P> run : byToken.values()) {
      if (run.isRecovered() && !run.state.isTimedOut()) {
        return false;
      }
    }
    return true;
  }

  /** Runs in progress, and claims of which it is not known whether they took effect. */
  int open() {
    return byToken.size() + unresolved;
  }

  /** Nothing is claimed until it is known what became of so many claims. */
  void unresolved(int claims) {
    synchronized (this) {
      unresolved += claims;
    }
  }

  /** From now on nothing is claimed. */
  void stop() {
    stopped = true;
  }

  boolean isStopped() {
    return stopped;
  }

  Collection<Run<P>> inProgress() {
    return byToken.values();
  }
}
