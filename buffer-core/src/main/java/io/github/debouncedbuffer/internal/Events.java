// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.internal;

import io.github.debouncedbuffer.BufferListener;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells the listener, one event after the other, on the executor and never on the commit lane. */
final class Events {

  private static final Logger log = LoggerFactory.getLogger(Events.class);
  private static final int MOST = 10_000;

  private final BufferListener listener;
  private final Executor executor;
  private final Queue<Consumer<BufferListener>> queue = new ArrayDeque<>();
  private final LongAdder dropped = new LongAdder();
  private final AtomicBoolean warned = new AtomicBoolean();
  private boolean telling;

  Events(BufferListener listener, Executor executor) {
    this.listener = listener;
    this.executor = executor;
  }

  void tell(Consumer<BufferListener> event) {
    if (listener == Settings.NO_LISTENER) {
      return;
    }
    boolean start;
    synchronized (this) {
      if (queue.size() >= MOST) {
        dropped.increment();
        return;
      }
      queue.add(event);
      start = !telling;
      telling = true;
    }
    if (start) {
      start();
    }
  }

  long dropped() {
    return dropped.sum();
  }

  private void start() {
    try {
      executor.execute(this::tellAll);
    } catch (Throwable rejected) {
      synchronized (this) {
        dropped.add(queue.size());
        queue.clear();
        telling = false;
      }
    }
  }

  private void tellAll() {
    for (Consumer<BufferListener> event = next(); event != null; event = next()) {
      try {
        event.accept(listener);
      } catch (Throwable thrown) {
        if (warned.compareAndSet(false, true)) {
          // Its message may quote the key, and asking for it may throw.
          log.warn("The listener threw {}; it is ignored, now and later", thrown.getClass());
        }
      }
    }
  }

  private synchronized @Nullable Consumer<BufferListener> next() {
    Consumer<BufferListener> event = queue.poll();
    telling = event != null;
    return event;
  }
}
