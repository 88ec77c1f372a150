// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.testkit;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Executor;

/** The tasks that could run now, in order, and the way in which the one thread runs them. */
final class ReadyTasks implements Executor {

  /** So many tasks without end are a loop: the test is told instead of hanging. */
  private static final int ENDLESS = 10_000_000;

  private final Object world;
  private final Thread owner = Thread.currentThread();
  private final ArrayDeque<Runnable> ready = new ArrayDeque<>();
  private final List<Throwable> failures = new ArrayList<>();
  private int running;

  /** The world is described in messages. */
  ReadyTasks(Object world) {
    this.world = world;
  }

  @Override
  public void execute(Runnable task) {
    checkThread();
    ready.add(Objects.requireNonNull(task, "task"));
  }

  void remove(Runnable task) {
    ready.remove(task);
  }

  int size() {
    return ready.size();
  }

  int running() {
    return running;
  }

  void runAll() {
    int ran = 0;
    while (!ready.isEmpty()) {
      checkEndless(ran++);
      runFirst();
    }
  }

  boolean runFirst() {
    Runnable first = ready.poll();
    if (first == null) {
      return false;
    }
    runTaken(first);
    return true;
  }

  void run(int index) {
    Objects.checkIndex(index, ready.size());
    Iterator<Runnable> tasks = ready.iterator();
    Runnable chosen = tasks.next();
    for (int i = 0; i < index; i++) {
      chosen = tasks.next();
    }
    tasks.remove();
    runTaken(chosen);
  }

  /** The task has left the queue before it runs, so nothing that it calls can run it again. */
  private void runTaken(Runnable task) {
    boolean interruptedBefore = Thread.interrupted();
    running++;
    try {
      task.run();
    } catch (Throwable failure) {
      failures.add(failure);
    } finally {
      running--;
      boolean interruptedByTask = Thread.interrupted();
      if (interruptedBefore || (interruptedByTask && running > 0)) {
        owner.interrupt();
      }
    }
  }

  /** Does nothing inside a task: it would hit an innocent one, so the outermost call tells. */
  void throwFailures() {
    if (running > 0 || failures.isEmpty()) {
      return;
    }
    Throwable first = failures.get(0);
    var error = new AssertionError("tasks that threw: " + failures.size() + "; " + first, first);
    failures.stream().skip(1).forEach(error::addSuppressed);
    failures.clear();
    throw error;
  }

  void checkEndless(int ran) {
    if (ran >= ENDLESS) {
      throw new IllegalStateException(
          ENDLESS + " tasks ran in one call and there is no end to it; " + world);
    }
  }

  void checkThread() {
    if (Thread.currentThread() != owner) {
      throw new IllegalStateException(
          "this VirtualClock belongs to thread '%s' and was used by '%s': give clock.executor() to"
                  .formatted(owner.getName(), Thread.currentThread().getName())
              + " everything that takes an executor");
    }
  }
}
