// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.internal;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicLong;

/** The executors that a buffer makes if it is given none. */
final class Threads {

  private Threads() {}

  static ThreadFactory daemon(String name) {
    AtomicLong number = new AtomicLong();
    return task -> {
      Thread thread = new Thread(task, name + "-" + number.incrementAndGet());
      thread.setDaemon(true);
      return thread;
    };
  }

  /** Virtual threads where the JVM has them (21 and later; built for 17, so looked up by name). */
  static ExecutorService handlers() {
    try {
      return (ExecutorService)
          Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
    } catch (ReflectiveOperationException noVirtualThreads) {
      return Executors.newCachedThreadPool(daemon("debounced-buffer-handler"));
    }
  }

  /** Whether the current thread is one: asked by its group, for 17 has no method for it. */
  static boolean isVirtual() {
    ThreadGroup group = Thread.currentThread().getThreadGroup();
    return group != null && group.getName().equals("VirtualThreads");
  }

  static ExecutorService commits() {
    return Executors.newSingleThreadExecutor(daemon("debounced-buffer-commit"));
  }
}
