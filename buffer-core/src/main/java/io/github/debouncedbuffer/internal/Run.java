// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.internal;

import io.github.debouncedbuffer.AsyncHandler;
import io.github.debouncedbuffer.Batch;
import io.github.debouncedbuffer.Codec;
import io.github.debouncedbuffer.Message;
import io.github.debouncedbuffer.spi.BatchRow;
import io.github.debouncedbuffer.spi.BufferClock;
import io.github.debouncedbuffer.spi.KeyRow;
import io.github.debouncedbuffer.spi.StoredMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * One call of the handler with a batch, from its claim until its end is committed. The monitor
 * guards the thread and the flags alone, so that an interrupt never hits a thread that has gone on
 * to other work; no user code runs while it is held.
 */
final class Run<P> {

  /** What a run tells the engine. Each run ends exactly once. */
  interface Ends<P> {
    void unreadable(Run<P> run, List<StoredMessage> unreadable, List<Message<P>> rest);

    void ended(Run<P> run, Outcome outcome);
  }

  private final Claim.Claimed claimed;
  private final int maxAttempts;
  private final Codec<P> codec;
  private final AsyncHandler<P> handler;
  private final Ends<P> ends;
  private @Nullable Thread thread;
  private @Nullable CompletionStage<?> stage;
  private BufferClock.@Nullable Cancellable timeout;
  private boolean timedOut;
  private boolean closing;
  private boolean ended;

  Run(
      Claim.Claimed claimed,
      int maxAttempts,
      Codec<P> codec,
      AsyncHandler<P> handler,
      Ends<P> ends) {
    this.claimed = claimed;
    this.maxAttempts = maxAttempts;
    this.codec = codec;
    this.handler = handler;
    this.ends = ends;
  }

  KeyRow row() {
    return claimed.row();
  }

  BatchRow batch() {
    return claimed.batch();
  }

  String key() {
    return claimed.row().key();
  }

  long token() {
    return claimed.batch().token();
  }

  boolean isRecovered() {
    return claimed.batch().recovered();
  }

  synchronized boolean isTimedOut() {
    return timedOut;
  }

  synchronized boolean isOn(Thread other) {
    return thread == other;
  }

  /**
   * Decodes outside every transaction; then handles, unless something has to be set apart first.
   */
  void decode(String batchId) {
    List<Message<P>> readable = new ArrayList<>();
    List<StoredMessage> unreadable = new ArrayList<>();
    for (StoredMessage m : claimed.messages()) {
      P payload = m.intact() ? decoded(m) : null;
      if (payload == null) {
        unreadable.add(m);
      } else {
        readable.add(
            new Message<>(
                m.sequence(), Optional.ofNullable(m.messageId()), m.arrivedAt(), payload));
      }
    }
    if (unreadable.isEmpty()) {
      handle(batchId, readable);
    } else {
      ends.unreadable(this, unreadable, readable);
    }
  }

  private @Nullable P decoded(StoredMessage message) {
    try {
      return codec.decode(message.payload());
    } catch (Throwable undecodable) {
      return null; // buried as unreadable, with a log line; what was thrown may quote the payload
    }
  }

  /** Calls the handler. */
  void handle(String batchId, List<Message<P>> messages) {
    if (!enter()) {
      ends.ended(this, Outcome.released(new CancellationException("the buffer is closing")));
      return;
    }
    CompletionStage<?> result = null;
    Throwable thrown = null;
    try {
      result = handler.handle(batch(batchId, messages));
    } catch (Throwable any) {
      thrown = any;
    }
    leave(result);
    if (thrown == null && result == null) {
      thrown = new NullPointerException("the handler returned null instead of a stage");
    }
    if (thrown != null || result == null) {
      end(thrown);
    } else {
      result.whenComplete((ignored, failure) -> end(failure));
    }
  }

  private Batch<P> batch(String batchId, List<Message<P>> messages) {
    return new Batch<>(
        batchId,
        key(),
        messages,
        batch().attempt(),
        maxAttempts,
        row().startedAt(),
        batch().openedAt());
  }

  private void end(@Nullable Throwable failure) {
    Throwable cause =
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    boolean closes = endsForClose();
    if (cause == null) {
      ends.ended(this, Outcome.RETURNED);
    } else {
      ends.ended(this, closes ? Outcome.released(cause) : Outcome.failed(cause));
    }
  }

  private synchronized boolean endsForClose() {
    ended = true;
    return closing;
  }

  private synchronized boolean enter() {
    thread = closing ? null : Thread.currentThread();
    return !closing;
  }

  /** After this no interrupt of ours can come, and one that has come is cleared. */
  private synchronized void leave(@Nullable CompletionStage<?> running) {
    thread = null;
    stage = running;
    Thread.interrupted();
  }

  /** Who wakes for the handler timeout. */
  synchronized void timeout(BufferClock.Cancellable newTimeout) {
    cancelTimeout();
    timeout = newTimeout;
  }

  synchronized void cancelTimeout() {
    if (timeout != null) {
      timeout.cancel();
      timeout = null;
    }
  }

  /**
   * The handler timeout has come: interrupts, unless the run has ended. Its return still decides.
   */
  synchronized boolean timeOut() {
    timedOut = !ended;
    interrupt();
    return timedOut;
  }

  /**
   * The close limit has come: interrupts; if the handler fails from now on, that does not count.
   */
  synchronized void close() {
    closing = true;
    interrupt();
  }

  /** What an asynchronous handler returned: to be cancelled outside the monitor. */
  synchronized @Nullable CompletionStage<?> stage() {
    return stage;
  }

  private synchronized void interrupt() {
    if (thread != null) {
      thread.interrupt();
    }
  }
}
