// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.spi;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Keeps messages, key rows, remembered message ids and dead letters. The store is the only truth:
 * the engine keeps nothing about a key but its run in progress.
 *
 * <p>A store object belongs to one buffer at a time, which closes it. Implementations must be
 * thread-safe, though the engine calls {@link #transact} from one thread at a time, unless the
 * store {@linkplain #offers offers} something to handlers.
 *
 * <p>The data may belong to one store object at a time, or to several of them, in several processes
 * (nodes): then the store has a {@link #lease}.
 */
public interface BufferStore extends AutoCloseable {

  /**
   * Names this store: not empty, the same for as long as its data lives, different for a store that
   * was created apart. Batch ids begin with it, so that they stay unique when a database is deleted
   * and made anew.
   *
   * @return 1 to 64 characters of {@code [A-Za-z0-9_-]}
   */
  String storeId();

  /**
   * S1. Runs {@code work} in one transaction. When this method returns, everything that the work
   * changed is durable; when it throws, nothing of it is stored, except after {@link
   * StoreException.Reason#OUTCOME_UNKNOWN}. An exception from the work rolls back and is thrown on
   * as it is. The work may be run again from its start (after a rolled-back conflict, say): an
   * implementation must not let one run see what a rolled-back one did, counters included (but with
   * a {@link #lease} numbers may be skipped).
   *
   * @param work what to do; called on the calling thread, and never after this method has returned
   * @param <R> what the work returns
   * @return what the work returned in the run that was committed
   * @throws StoreException if the store failed; its reason says what is true now
   */
  <R> R transact(StoreWork<R> work);

  /**
   * Whether {@link #transact} may be called on a thread that somebody interrupts meanwhile: it goes
   * on then as if nothing had happened, loses no connection and leaves the thread's flag set. Then
   * a caller who waits for his message to be stored, while nothing else is being stored, runs the
   * transaction himself, which is quicker. Channels of {@code java.nio} do not bear interrupts, nor
   * do sockets on virtual threads.
   *
   * @return false unless overridden: transactions run on the buffer's own thread, or where its
   *     commit executor runs them
   */
  default boolean bearsInterrupts() {
    return false;
  }

  /**
   * S14. How long a claim holds, unless it is renewed, in a store whose data several buffers share.
   * Such a store gives the time ({@link StoreTransaction#now}), and {@link
   * StoreTransaction#lockForRecovery} leaves rows alone whose claim holds. The buffer renews the
   * claims of its runs every third of this.
   *
   * @return at least 1 second; empty unless overridden: the data are this store object's alone, a
   *     claim holds as long as it does, and what is found running at the start has no process
   */
  default Optional<Duration> lease() {
    return Optional.empty();
  }

  /**
   * S15. Names who is to be told when another node has committed a due time that is earlier than
   * all that were there before, so that a node with nothing to do need not look again and again. It
   * may be told too often, and of what is gone by then; that it may not be told, while a connection
   * is down, say, is made good by the buffer, which looks by itself every third of the {@link
   * #lease}. Called once at the most, before the first transaction that does not recover.
   *
   * @param sooner takes the due time, by the store's time; quick, never blocks, on any thread, not
   *     after {@link #close} has returned
   */
  default void listen(Consumer<Instant> sooner) {}

  /**
   * S16. Whether {@link StoreTransaction#unwrap} gives objects of this type. A store that says so
   * for any type allows {@link #transact} to be called by several threads at once, and lets none of
   * them wait for another's work to end, unless both have locked the same key.
   *
   * @param type of the object
   * @return false unless overridden
   */
  default boolean offers(Class<?> type) {
    return false;
  }

  /**
   * Releases everything that the store holds. Closing again does nothing; every later call of
   * {@link #transact} throws {@link StoreException.Reason#CLOSED}.
   */
  @Override
  void close();
}
