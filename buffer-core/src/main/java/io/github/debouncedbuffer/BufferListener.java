// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer;

import io.github.debouncedbuffer.spi.StoreException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Is told of each step, after its commit: one method per step of the flow, in the order of the
 * flow. The methods are called one after the other, in the order of the commits, on the buffer's
 * executor, and never while a lock or transaction of the buffer is held. What a method throws is
 * logged and ignored. A listener that is slower than the buffer loses events, which are counted in
 * {@link BufferStats#listenerEventsDropped}: it is for watching, not for keeping accounts.
 *
 * <p>{@code at} is the time of the transaction; where there was none, of what happened.
 */
public interface BufferListener {

  /**
   * One that tells several, such as metrics and a listener of your own. What one of them throws
   * keeps none of the others from being told.
   *
   * @param listeners who is told, in this order
   * @return the listener
   */
  static BufferListener of(BufferListener... listeners) {
    return new ListenerFanOut(List.of(listeners));
  }

  /**
   * A batch that was running when the last process ended was taken over.
   *
   * @param batch the batch, with the attempt that counts as failed
   * @param at when
   */
  default void recovered(BatchInfo batch, Instant at) {}

  /**
   * A message was accepted or recognised as a duplicate.
   *
   * @param key its key
   * @param receipt as the caller got it
   * @param at when
   */
  default void submitted(String key, Receipt receipt, Instant at) {}

  /**
   * A window was opened for an idle key.
   *
   * @param key the key
   * @param dueAt when it is due
   * @param at when, which is the original start
   */
  default void opened(String key, Instant dueAt, Instant at) {}

  /**
   * An open window's due time was decided anew: by a message, {@code extend} or {@code flush}.
   *
   * @param key the key
   * @param dueAt when it is due now
   * @param at when
   */
  default void extended(String key, Instant dueAt, Instant at) {}

  /**
   * A batch was claimed and is handed to the handler.
   *
   * @param batch the batch
   * @param dueAt when it was due
   * @param at when
   */
  default void claimed(BatchInfo batch, Instant dueAt, Instant at) {}

  /**
   * A run took longer than the handler timeout and was interrupted; its key stays running until the
   * handler returns.
   *
   * @param batch the batch
   * @param at when
   */
  default void timedOut(BatchInfo batch, Instant at) {}

  /**
   * Nodes share the store, and another one has taken the batch of a run over, because its claim was
   * not renewed in time: this node was paused or cut off, say. Whatever the handler returns has no
   * effect, and its batch's {@code ensureCurrent} throws. Told at the next renewal, if the run has
   * not ended by then.
   *
   * @param batch the batch
   * @param at when
   */
  default void lost(BatchInfo batch, Instant at) {}

  /**
   * Late messages joined a running batch.
   *
   * @param batch the batch as it is now, under its new id
   * @param messages how many have joined
   * @param at when
   */
  default void absorbed(BatchInfo batch, int messages, Instant at) {}

  /**
   * A run has ended, and the first messages of its batch are handled; those are gone. After a
   * normal return the rest is due at once, and no other event tells of this end; if the handler
   * threw, what became of the rest is told next.
   *
   * @param batch the batch as it was
   * @param messages how many are handled
   * @param at when
   */
  default void completedInPart(BatchInfo batch, int messages, Instant at) {}

  /**
   * A batch was handled, its messages are gone.
   *
   * @param batch the batch
   * @param took from the claim to the completion
   * @param at when
   */
  default void completed(BatchInfo batch, Duration took, Instant at) {}

  /**
   * The check on completion found late messages: their window is open.
   *
   * @param key the key
   * @param late how many
   * @param startedAt the original start, which is kept
   * @param dueAt when they are due
   * @param at when
   */
  default void followedUp(String key, int late, Instant startedAt, Instant dueAt, Instant at) {}

  /**
   * A run gave way to late messages: they and its own are to be handled together.
   *
   * @param batch the batch that is no more
   * @param dueAt when the new one is due
   * @param at when
   */
  default void superseded(BatchInfo batch, Instant dueAt, Instant at) {}

  /**
   * A run failed and its batch waits, or a claim was given back uncounted.
   *
   * @param batch the batch
   * @param cause what the handler threw, or why the claim was given back
   * @param dueAt when the next attempt may start
   * @param at when
   */
  default void backedOff(BatchInfo batch, Throwable cause, Instant dueAt, Instant at) {}

  /**
   * Messages were given up and are kept as a dead letter.
   *
   * @param batch the batch as it was
   * @param reason why
   * @param at when
   */
  default void deadLettered(BatchInfo batch, DeadLetter.Reason reason, Instant at) {}

  /**
   * Pending messages were thrown away by {@code discard}.
   *
   * @param key the key
   * @param messages how many
   * @param at when
   */
  default void discarded(String key, int messages, Instant at) {}

  /**
   * A pending message was taken back by {@code withdraw}.
   *
   * @param key its key
   * @param at when
   */
  default void withdrawn(String key, Instant at) {}

  /**
   * All that was stored of a key was removed by {@code erase}.
   *
   * @param key the key
   * @param messages how many messages, dead ones included
   * @param at when
   */
  default void erased(String key, int messages, Instant at) {}

  /**
   * A transaction failed. Accepted messages stay as they are; what the buffer itself has to write
   * is tried again.
   *
   * @param failure why
   * @param at when
   */
  default void storeFailed(StoreException failure, Instant at) {}

  /**
   * The buffer is closed.
   *
   * @param survivors handlers that had not returned by then
   * @param at when
   */
  default void closed(int survivors, Instant at) {}
}
