// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.internal;

import io.github.debouncedbuffer.spi.BufferClock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;

/**
 * Clock and executors: those that were given, and in {@code owned} how to end those that were made.
 *
 * @param ownCommits whether callers' threads may run transactions, beside the commit executor
 */
record Parts(
    BufferClock clock,
    Executor executor,
    Executor commitExecutor,
    boolean ownCommits,
    List<Runnable> owned) {

  static Parts of(Settings<?> settings) {
    List<Runnable> owned = new ArrayList<>();
    BufferClock clock = settings.clock();
    if (clock == null) {
      SystemClock made = new SystemClock();
      owned.add(made::close);
      clock = made;
    }
    Executor executor = settings.executor();
    if (executor == null) {
      executor = owned(Threads.handlers(), owned);
    }
    Executor commitExecutor = settings.commitExecutor();
    if (commitExecutor == null) {
      commitExecutor = owned(Threads.commits(), owned);
    }
    boolean ownCommits = settings.commitExecutor() == null && settings.store().bearsInterrupts();
    return new Parts(clock, executor, commitExecutor, ownCommits, owned);
  }

  private static Executor owned(ExecutorService made, List<Runnable> owned) {
    owned.add(made::shutdown);
    return made;
  }

  /** An interrupted thread has yet to learn that; a virtual one would occupy a carrier. */
  boolean callersMayCommit() {
    return ownCommits && !Thread.currentThread().isInterrupted() && !Threads.isVirtual();
  }

  void close() {
    owned.forEach(Runnable::run);
  }
}
