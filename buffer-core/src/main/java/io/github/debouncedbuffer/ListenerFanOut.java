// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer;

import io.github.debouncedbuffer.spi.StoreException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Tells several listeners. One that throws keeps the others from nothing. */
final class ListenerFanOut implements BufferListener {

  private final List<BufferListener> listeners;

  ListenerFanOut(List<BufferListener> listeners) {
    this.listeners = List.copyOf(listeners);
  }

  /** What they threw goes on to the buffer, which logs it, the first one with the others in it. */
  private void each(Consumer<BufferListener> step) {
    List<Throwable> thrown = new ArrayList<>();
    for (BufferListener listener : listeners) {
      try {
        step.accept(listener);
      } catch (Throwable any) {
        thrown.add(any);
      }
    }
    if (!thrown.isEmpty()) {
      throw together(thrown);
    }
  }

  private static RuntimeException together(List<Throwable> thrown) {
    Throwable first = thrown.get(0);
    thrown.stream().filter(other -> other != first).forEach(first::addSuppressed);
    if (first instanceof Error error) {
      throw error;
    }
    return first instanceof RuntimeException exception
        ? exception
        : new IllegalStateException("a listener threw what it may not", first);
  }

  @Override
  public void recovered(BatchInfo batch, Instant at) {
    each(listener -> listener.recovered(batch, at));
  }

  @Override
  public void submitted(String key, Receipt receipt, Instant at) {
    each(listener -> listener.submitted(key, receipt, at));
  }

  @Override
  public void opened(String key, Instant dueAt, Instant at) {
    each(listener -> listener.opened(key, dueAt, at));
  }

  @Override
  public void extended(String key, Instant dueAt, Instant at) {
    each(listener -> listener.extended(key, dueAt, at));
  }

  @Override
  public void claimed(BatchInfo batch, Instant dueAt, Instant at) {
    each(listener -> listener.claimed(batch, dueAt, at));
  }

  @Override
  public void timedOut(BatchInfo batch, Instant at) {
    each(listener -> listener.timedOut(batch, at));
  }

  @Override
  public void lost(BatchInfo batch, Instant at) {
    each(listener -> listener.lost(batch, at));
  }

  @Override
  public void absorbed(BatchInfo batch, int messages, Instant at) {
    each(listener -> listener.absorbed(batch, messages, at));
  }

  @Override
  public void completedInPart(BatchInfo batch, int messages, Instant at) {
    each(listener -> listener.completedInPart(batch, messages, at));
  }

  @Override
  public void completed(BatchInfo batch, Duration took, Instant at) {
    each(listener -> listener.completed(batch, took, at));
  }

  @Override
  public void followedUp(String key, int late, Instant startedAt, Instant dueAt, Instant at) {
    each(listener -> listener.followedUp(key, late, startedAt, dueAt, at));
  }

  @Override
  public void superseded(BatchInfo batch, Instant dueAt, Instant at) {
    each(listener -> listener.superseded(batch, dueAt, at));
  }

  @Override
  public void backedOff(BatchInfo batch, Throwable cause, Instant dueAt, Instant at) {
    each(listener -> listener.backedOff(batch, cause, dueAt, at));
  }

  @Override
  public void deadLettered(BatchInfo batch, DeadLetter.Reason reason, Instant at) {
    each(listener -> listener.deadLettered(batch, reason, at));
  }

  @Override
  public void discarded(String key, int messages, Instant at) {
    each(listener -> listener.discarded(key, messages, at));
  }

  @Override
  public void withdrawn(String key, Instant at) {
    each(listener -> listener.withdrawn(key, at));
  }

  @Override
  public void erased(String key, int messages, Instant at) {
    each(listener -> listener.erased(key, messages, at));
  }

  @Override
  public void storeFailed(StoreException failure, Instant at) {
    each(listener -> listener.storeFailed(failure, at));
  }

  @Override
  public void closed(int survivors, Instant at) {
    each(listener -> listener.closed(survivors, at));
  }
}
