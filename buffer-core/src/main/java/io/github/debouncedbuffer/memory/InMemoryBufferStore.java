// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.memory;

import io.github.debouncedbuffer.index.KeyIndex;
import io.github.debouncedbuffer.spi.BufferStore;
import io.github.debouncedbuffer.spi.StoreException;
import io.github.debouncedbuffer.spi.StoreException.Reason;
import io.github.debouncedbuffer.spi.StoreWork;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Keeps everything in memory. It obeys all the rules of a store but one: <b>its data end with the
 * process</b>. Use it in tests and simulations, for trying the library out, and where losing what
 * is pending at a crash is acceptable. Whoever must not lose an accepted message takes a store on
 * disk.
 *
 * <p>A restart is played with {@link #reopen}: it returns a new store object over the same data and
 * closes this one, whether its buffer was closed before or was abandoned in the middle of a run, as
 * by a crash.
 *
 * <pre>{@code
 * var store = new InMemoryBufferStore();
 * // ... a buffer on it runs a batch, and is never closed ...
 * var afterCrash = store.reopen();
 * // ... a new buffer on afterCrash recovers that batch; the old one gets CLOSED ...
 * }</pre>
 *
 * <p>Thread-safe: one lock is held for the length of a transaction, so transactions run one after
 * the other and wait for each other without a timeout. No {@link Reason#BUSY}, {@link Reason#FULL}
 * or {@link Reason#OUTCOME_UNKNOWN} ever comes from it. An idle key takes no memory beyond its
 * remembered message ids. Times are kept from 1678 to 2262.
 */
public final class InMemoryBufferStore implements BufferStore {

  private static final Pattern STORE_ID = Pattern.compile("[A-Za-z0-9_-]{1,64}");

  private final Data data;

  /** Makes an empty store with a random {@link #storeId}. */
  public InMemoryBufferStore() {
    this(UUID.randomUUID().toString());
  }

  /**
   * Makes an empty store with a given id, so that a simulation gives the same batch ids every time.
   * It shares nothing with another store of the same id.
   *
   * @param storeId 1 to 64 characters of {@code [A-Za-z0-9_-]}
   * @throws IllegalArgumentException if it is anything else
   */
  public InMemoryBufferStore(String storeId) {
    this(new Data(checked(storeId)));
    data.open = this;
  }

  private InMemoryBufferStore(Data data) {
    this.data = data;
  }

  @Override
  public String storeId() {
    return data.storeId;
  }

  /**
   * {@inheritDoc}
   *
   * @throws StoreException {@link Reason#CLOSED} if this object was closed or reopened; {@link
   *     Reason#CORRUPT} if a rollback was cut off, by an {@link OutOfMemoryError} say
   * @throws IllegalStateException if called by the work of another transaction of these data
   */
  @Override
  public <R> R transact(StoreWork<R> work) {
    lockOutside("a transaction cannot be nested in another one");
    try {
      if (data.open != this) {
        throw new StoreException(
            Reason.CLOSED, "this in-memory store is closed; reopen() gives one over its data");
      }
      if (data.torn) {
        throw new StoreException(
            Reason.CORRUPT, "a rollback was cut off, so the data in memory cannot be relied upon");
      }
      return commitOrRollBack(work);
    } finally {
      data.lock.unlock();
    }
  }

  @Override
  public boolean bearsInterrupts() {
    return true;
  }

  private <R> R commitOrRollBack(StoreWork<R> work) {
    var transaction = new MemoryTransaction(data.index, data.rows, data.messages, data.ids);
    boolean committed = false;
    try {
      R result = work.in(transaction);
      committed = true;
      return result;
    } finally {
      transaction.end();
      if (committed) {
        data.undo.clear();
      } else {
        data.rollBack();
      }
    }
  }

  /**
   * Closes this object and gives another one over the same data, as the next start of the process
   * would. Waits for a transaction that is under way, so a crash falls between two transactions;
   * one in the middle is played by work that throws. Of all the objects made over the same data
   * only the youngest is open. May be called after {@link #close} too.
   *
   * @return an open store with everything that was committed
   * @throws IllegalStateException if called by the work of a transaction of these data
   */
  public InMemoryBufferStore reopen() {
    lockOutside("a store cannot be reopened from within its transaction");
    try {
      var next = new InMemoryBufferStore(data);
      data.open = next;
      return next;
    } finally {
      data.lock.unlock();
    }
  }

  /**
   * {@inheritDoc}
   *
   * <p>Waits for a transaction that is under way. The data live on as long as this object is
   * reachable, for {@link #reopen}.
   */
  @Override
  public void close() {
    data.lock.lock();
    try {
      if (data.open == this) {
        data.open = null;
      }
    } finally {
      data.lock.unlock();
    }
  }

  private void lockOutside(String rule) {
    // A thread that holds the lock already is inside its own transaction.
    if (data.lock.isHeldByCurrentThread()) {
      throw new IllegalStateException(rule);
    }
    data.lock.lock();
  }

  private static String checked(String storeId) {
    if (!STORE_ID.matcher(storeId).matches()) {
      throw new IllegalArgumentException(
          "storeId '" + storeId + "' is not 1 to 64 characters of [A-Za-z0-9_-]");
    }
    return storeId;
  }

  /** What outlives a store object. Everything but the id and the lock is guarded by the lock. */
  private static final class Data {
    final ReentrantLock lock = new ReentrantLock();
    final String storeId;

    /** How to take back each change of the open transaction, the latest first. */
    final Deque<Runnable> undo = new ArrayDeque<>();

    final KeyIndex<MessageSlot> index = new KeyIndex<>(MessageSlot::new);
    final KeyRows rows = new KeyRows(undo, index);
    final RememberedIds ids = new RememberedIds(undo);
    final MessageLists messages = new MessageLists(undo, index, ids);

    /** The one object that may use these data; null if that one was closed. */
    @Nullable InMemoryBufferStore open;

    boolean torn;

    Data(String storeId) {
      this.storeId = storeId;
    }

    void rollBack() {
      torn = true;
      for (Runnable step = undo.poll(); step != null; step = undo.poll()) {
        step.run();
      }
      torn = false;
    }
  }
}
