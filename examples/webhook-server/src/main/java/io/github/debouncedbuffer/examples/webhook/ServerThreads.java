// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.examples.webhook;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The threads that answer requests; each waits for the commit of its messages. */
final class ServerThreads {

  private static final int AT_ONCE = 64;

  private ServerThreads() {}

  /** Virtual threads where the JVM has them (21 and later; built for 17, so looked up by name). */
  static ExecutorService start() {
    try {
      return (ExecutorService)
          Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
    } catch (ReflectiveOperationException noVirtualThreads) {
      return Executors.newFixedThreadPool(AT_ONCE);
    }
  }
}
