// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.internal;

import io.github.debouncedbuffer.AsyncHandler;
import io.github.debouncedbuffer.Batch;
import io.github.debouncedbuffer.Codec;
import io.github.debouncedbuffer.Message;
import io.github.debouncedbuffer.spi.BatchRow;
import io.github.debouncedbuffer.spi.KeyRow;
import io.github.debouncedbuffer.spi.StoredMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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

  final RunState state = new RunState();
  private final List<StoredMessage> claimed;
  private final int maxAttempts;
  private final Codec<P> codec;
  private final AsyncHandler<P> handler;
  private final Ends<P> ends;
  private volatile KeyRow row;

  Run(Claim.Claimed claim, int maxAttempts, Codec<P> codec, AsyncHandler<P> handler, Ends<P> ends) {
    this.row = claim.row();
    this.claimed = claim.messages();
    this.maxAttempts = maxAttempts;
    this.codec = codec;
    this.handler = handler;
    this.ends = ends;
  }

  /** The row under which it runs. */
  KeyRow row() {
    return row;
  }

  /** Unreadable members were set apart: it goes on with the others. */
  void goesOnAs(KeyRow fewer) {
    row = fewer;
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
      stage = handler.handle(batch(batchId, messages));
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

  private Batch<P> batch(String batchId, List<Message<P>> messages) {
    BatchRow b = batch();
    return new Batch<>(
        batchId, row.key(), messages, b.attempt(), maxAttempts, row.startedAt(), b.openedAt());
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
      ends.ended(this, state.isClosing() ? Outcome.released(cause) : Outcome.failed(cause));
    }
  }
}
