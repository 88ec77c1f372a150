// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * The messages of one key, handed to the handler together. What it says does not change;
 * thread-safe, if the payloads are.
 *
 * <p>{@link #hasNewer}, {@link #absorb} and {@link #ensureCurrent} ask the store, on any thread, as
 * long as the run goes on. They wait for the outcome even if interrupted, which keeps the flag set,
 * and throw {@link io.github.debouncedbuffer.spi.StoreException} if the store failed and {@link
 * BufferClosedException} if the buffer closed over the run.
 *
 * @param <P> the payload
 */
public interface Batch<P> {

  /**
   * The idempotency key for what the handler does outside: the same on every attempt, and unique
   * for all time. At-least-once: after a crash or timeout a batch can run again.
   *
   * @return the store's id, a dash and a number
   */
  String id();

  /**
   * Whose messages these are.
   *
   * @return the key
   */
  String key();

  /**
   * The messages.
   *
   * @return at least one, in the order of acceptance; unmodifiable
   */
  List<Message<P>> messages();

  /**
   * Which attempt this is.
   *
   * @return 1 for the first run
   */
  int attempt();

  /**
   * After so many failed attempts the batch is dead-lettered.
   *
   * @return at least 1
   */
  int maxAttempts();

  /**
   * The original start: when the unbroken chain of windows and runs of this key began.
   *
   * @return no later than the arrival of any of the messages
   */
  Instant startedAt();

  /**
   * When the oldest of these messages arrived.
   *
   * @return the arrival of the first one
   */
  Instant openedAt();

  /**
   * The payloads alone.
   *
   * @return at least one, in the order of acceptance; unmodifiable
   */
  default List<P> payloads() {
    return messages().stream().map(Message::payload).toList();
  }

  /**
   * Whether the key has late messages, that came after these.
   *
   * @return false also if the batch runs no longer
   */
  boolean hasNewer();

  /**
   * Takes late messages into this batch, up to the policy's {@code maxBatch}: before this method
   * returns they belong to it in the store, under a new id, and end with it. Late messages that
   * cannot be decoded stay late, with those behind them.
   *
   * @return the batch as it is now: these messages and then the late ones; this very batch if there
   *     are none, or no room
   * @throws StaleBatchException if this is not the running batch (any more)
   * @throws IllegalStateException on a later attempt than the first, whose members are frozen; and
   *     after {@link #ensureCurrent} has passed
   */
  Batch<P> absorb();

  /**
   * To be called just before a reply goes out: passes if it still answers all that it should. Once
   * it has passed nothing supersedes or joins the run any more; late messages wait for the
   * follow-up. Where nodes share a store, no other one runs this batch for a whole lease, counted
   * from this call.
   *
   * @throws SupersededException if late messages supersede the run (see {@link OnLate}); let it
   *     pass
   * @throws StaleBatchException if this is not the running batch (any more)
   */
  void ensureCurrent();

  /**
   * Tells that late messages supersede this run. The handler should then stop, and end with {@link
   * SupersededException}; if it returns normally the batch is handled all the same. After {@link
   * #absorb} has taken the late messages in, ask {@link #ensureCurrent} instead: this stage has
   * ended.
   *
   * @return ends on the buffer's executor when the first late message was committed, if late
   *     messages supersede; else never. Of one that another node has committed it hears within a
   *     third of the store's lease
   */
  CompletionStage<Void> superseded();

  /**
   * Says that the first of these messages are handled, whatever comes. It takes effect in the
   * transaction that ends the run: after a normal return the rest is due at once, as a new batch at
   * attempt 1; if the handler throws, the rest backs off with its attempt kept. Either way it stays
   * first in line, under a new id. A crash before the end of the run repeats the whole batch.
   *
   * @param first how many, 1 to all; no fewer than in an earlier call
   * @throws IllegalArgumentException if the number is out of range
   * @throws IllegalStateException on a later attempt than the first, whose members are frozen
   */
  void acknowledge(int first);

  /**
   * Has work done in the store's own database together with the completion of this batch: both are
   * committed, or neither is. So the work takes effect exactly once, however often the batch runs.
   * It is called on the buffer's executor after the handler has returned normally, in a transaction
   * of its own in which no key is locked yet, and again in another one if that could not be
   * committed. It is not called if the handler throws, and not kept if the batch was erased, or
   * taken over by another node.
   *
   * @param type of what the work is done through: {@code java.sql.Connection} for the store in
   *     buffer-postgres, which also bounds the time that it may take
   * @param work what to do
   * @param <T> its type
   * @throws IllegalArgumentException if the store offers no such object
   * @throws IllegalStateException if this run has been given work before
   */
  <T> void onComplete(Class<T> type, CompletionWork<? super T> work);
}
