// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.internal;

import io.github.debouncedbuffer.AsyncHandler;
import io.github.debouncedbuffer.BufferClosedException;
import io.github.debouncedbuffer.Codec;
import io.github.debouncedbuffer.CompletionWork;
import io.github.debouncedbuffer.Message;
import io.github.debouncedbuffer.SupersededException;
import io.github.debouncedbuffer.spi.BatchRow;
import io.github.debouncedbuffer.spi.KeyRow;
import io.github.debouncedbuffer.spi.StoreTransaction;
import io.github.debouncedbuffer.spi.StoredMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** One call of the handler with a batch, from its claim until its end is committed. */
final class Run<P> {

  /** What a run tells the engine. */
  interface Ends<P> {
    void unreadable(Run<P> run, List<StoredMessage> unreadable, List<Message<P>> rest);

    /** May be told more than once; the first time counts. */
    void ended(Run<P> run, Outcome outcome);
  }

  /** The first members of a batch, that its handler says are handled. */
  record Acknowledged(int messages, long throughSequence) {}

  final RunState state = new RunState();
  final CompletableFuture<Void> superseded = new CompletableFuture<>();
  private final List<StoredMessage> claimed;
  private final int maxAttempts;
  private final Codec<P> codec;
  private final AsyncHandler<P> handler;
  private final Ends<P> ends;
  private final RunSupport support;
  private volatile KeyRow row;
  private volatile @Nullable Acknowledged acknowledged;
  private @Nullable CompletionWork<StoreTransaction> completionWork;

  Run(Claim.Claimed claim, Settings<P> settings, Ends<P> ends, RunSupport support) {
    this.row = claim.row();
    this.claimed = claim.messages();
    this.maxAttempts = settings.retry().maxAttempts();
    this.codec = settings.codec();
    this.handler = settings.handler();
    this.ends = ends;
    this.support = support;
  }

  /** The row under which it runs. */
  KeyRow row() {
    return row;
  }

  /** Its members have changed: unreadable ones were set apart, or late ones have joined. */
  void goesOnAs(KeyRow changed) {
    row = changed;
  }

  /** See {@link io.github.debouncedbuffer.Batch#acknowledge}. */
  synchronized void acknowledge(int messages, long throughSequence) {
    Acknowledged before = acknowledged;
    if (before != null && messages < before.messages()) {
      throw new IllegalArgumentException(
          before.messages() + " messages are acknowledged already, " + messages + " are fewer");
    }
    acknowledged = new Acknowledged(messages, throughSequence);
  }

  /** See {@link io.github.debouncedbuffer.Batch#onComplete}. */
  synchronized void completeWith(CompletionWork<StoreTransaction> work) {
    if (completionWork != null) {
      throw new IllegalStateException("this run has been given work for its completion before");
    }
    completionWork = work;
  }

  /** What is to be done in the transaction that completes it; null if nothing is. */
  synchronized @Nullable CompletionWork<StoreTransaction> completionWork() {
    return completionWork;
  }

  @Nullable Acknowledged acknowledged() {
    return acknowledged;
  }

  RunSupport support() {
    return support;
  }

  int maxAttempts() {
    return maxAttempts;
  }

  /** Until the close has interrupted it. */
  void requireOpen() {
    if (state.isClosing()) {
      throw new BufferClosedException(
          "the buffer is closing and this run's time is over; its batch is handed over again after"
              + " the next start");
    }
  }

  BatchRow batch() {
    return Draft.batchOf(row);
  }

  long token() {
    return batch().token();
  }

  boolean isRecovered() {
    return batch().recovered();
  }

  /**
   * Decodes outside every transaction; then handles, unless something has to be set apart first.
   */
  void decode(String batchId) {
    List<Message<P>> readable = new ArrayList<>();
    List<StoredMessage> unreadable = new ArrayList<>();
    for (StoredMessage m : claimed) {
      P payload = m.intact() ? decoded(m) : null;
      if (payload == null) {
        unreadable.add(m);
      } else {
        readable.add(message(m, payload));
      }
    }
    if (unreadable.isEmpty()) {
      handle(batchId, readable);
    } else {
      ends.unreadable(this, unreadable, readable);
    }
  }

  /** The first messages, up to the first that cannot be read. */
  List<Message<P>> decodedPrefix(List<StoredMessage> stored) {
    List<Message<P>> readable = new ArrayList<>();
    for (StoredMessage m : stored) {
      P payload = m.intact() ? decoded(m) : null;
      if (payload == null) {
        break;
      }
      readable.add(message(m, payload));
    }
    return readable;
  }

  private Message<P> message(StoredMessage m, P payload) {
    return new Message<>(m.sequence(), Optional.ofNullable(m.messageId()), m.arrivedAt(), payload);
  }

  /** An Error (memory, say) tells nothing of the message: it fails the attempt and is thrown on. */
  private @Nullable P decoded(StoredMessage message) {
    try {
      return codec.decode(message.payload());
    } catch (Exception undecodable) {
      return null; // buried as unreadable, with a log line; what was thrown may quote the payload
    }
  }

  /** Calls the handler, unless the claim was given back meanwhile. */
  void handle(String batchId, List<Message<P>> messages) {
    if (!state.enter()) {
      return;
    }
    CompletionStage<?> stage = null;
    Throwable thrown = null;
    try {
      LiveBatch<P> batch = new LiveBatch<>(this, batchId, row, messages);
      if (batch.attempt() == 1) {
        support.begins(batch.info());
      }
      state.begin();
      stage = handler.handle(batch);
    } catch (Throwable any) {
      thrown = any;
    }
    boolean told = state.leave(stage);
    if (thrown != null) {
      end(thrown);
    } else if (stage == null) {
      end(new NullPointerException("the handler returned null instead of a stage"));
    } else {
      stage.whenComplete((ignored, failure) -> end(failure));
      if (told) {
        Cancellation.cancel(stage);
      }
    }
  }

  /** The handler has returned (null), or failed with this. */
  void end(@Nullable Throwable failure) {
    Throwable cause =
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    if (cause == null) {
      ends.ended(this, Outcome.RETURNED);
    } else {
      ends.ended(this, outcome(cause));
    }
  }

  private Outcome outcome(Throwable cause) {
    if (state.isClosing()) {
      return Outcome.released(cause);
    }
    return cause instanceof SupersededException && !state.isSettled()
        ? Outcome.superseded(cause)
        : Outcome.failed(cause);
  }
}
