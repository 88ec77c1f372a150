// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.internal;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs callers' callbacks on the executor, never on the thread that brings them. A group of a
 * thousand receipts is told by a few tasks and not by a thousand, for which a pool without a bound
 * would start a thread each. A callback may block: before it runs, another task is started for what
 * waits behind it, up to a bound.
 */
final class Callbacks {

  private static final Logger log = LoggerFactory.getLogger(Callbacks.class);

  /** So many that block hold up the others. */
  private static final int MOST = 32;

  private final Executor executor;
  private final Queue<Runnable> queue = new ArrayDeque<>();
  private int tasks;
  private int busy;

  Callbacks(Executor executor) {
    this.executor = executor;
  }

  void run(Runnable callback) {
    boolean start;
    synchronized (this) {
      queue.add(callback);
      start = anotherIsNeeded();
    }
    if (start) {
      start();
    }
  }

  /** Counts the task that is to be started, if nobody is there for what waits. */
  private boolean anotherIsNeeded() {
    boolean needed = !queue.isEmpty() && busy == tasks && tasks < MOST;
    tasks += needed ? 1 : 0;
    return needed;
  }

  /** If the executor takes no more, a thread is made: a receipt must be told. */
  private void start() {
    try {
      executor.execute(new Task());
    } catch (Throwable rejected) {
      Threads.daemon("debounced-buffer-callback").newThread(new Task()).start();
    }
  }

  /** Marked as the JDK marks the tasks that tell a stage. */
  private final class Task implements Runnable, CompletableFuture.AsynchronousCompletionTask {
    @Override
    public void run() {
      drain();
    }
  }

  private void drain() {
    for (Runnable callback = next(); callback != null; callback = next()) {
      try {
        callback.run();
      } catch (Throwable thrown) {
        log.error("A receipt could not be told: {}", thrown.getClass());
      } finally {
        synchronized (this) {
          busy--;
        }
      }
    }
  }

  /** The next callback; null if there is none: then this task has ended. */
  private @Nullable Runnable next() {
    Runnable next;
    boolean start;
    synchronized (this) {
      next = queue.poll();
      busy += next == null ? 0 : 1;
      tasks -= next == null ? 1 : 0;
      start = anotherIsNeeded();
    }
    if (start) {
      start();
    }
    return next;
  }
}
