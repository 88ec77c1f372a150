// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.benchmarks.limits;

import java.util.concurrent.ThreadFactory;

/** A thread for each task at no cost, where the JVM has them: from JDK 21 on. */
final class VirtualThreads {

  private VirtualThreads() {}

  static ThreadFactory factory() {
    try {
      Object builder = Thread.class.getMethod("ofVirtual").invoke(null);
      return (ThreadFactory)
          Class.forName("java.lang.Thread$Builder").getMethod("factory").invoke(builder);
    } catch (ReflectiveOperationException older) {
      throw new IllegalStateException(
          "This JVM is "
              + Runtime.version()
              + " and has no virtual threads; start the jar with JDK 21 or later",
          older);
    }
  }
}
