// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.testkit.simulation;

import io.github.debouncedbuffer.spi.BufferStore;
import io.github.debouncedbuffer.spi.StoreException;
import io.github.debouncedbuffer.spi.StoreTransaction;
import io.github.debouncedbuffer.spi.StoreWork;
import io.github.debouncedbuffer.testkit.checking.View;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Between the engine and a real store: shows each commit to the checker, makes planned transactions
 * fail, and lets the process die at one. Once dead, or closed, nothing comes through any more.
 */
final class WatchedStore implements BufferStore {

  /**
   * What a transaction is to suffer.
   *
   * @param failure its kind; null for death
   * @param afterCommit whether it takes effect all the same
   * @param atCall at which call inside, if it has so many and takes no effect; else at its end
   */
  record Fault(@Nullable Failure failure, boolean afterCommit, int atCall) {
    static Fault of(@Nullable Failure failure, boolean afterCommit) {
      return new Fault(failure, afterCommit, Integer.MAX_VALUE);
    }

    Fault atCall(int call) {
      return new Fault(failure, afterCommit, call);
    }
  }

  /** The process is no more. Whatever the engine does with this, nobody looks at it. */
  static final class Died extends Error {
    private static final long serialVersionUID = 1L;

    Died() {
      super("the process died", null, false, false);
    }
  }

  private final BufferStore store;
  private final List<String> keys;
  private final Supplier<@Nullable Fault> faults;
  private final Consumer<View> committed;
  private final IntConsumer worked;
  private boolean dead;
  private boolean closed;

  /**
   * {@code faults} is asked at each transaction; {@code committed} sees what each has left; {@code
   * worked} is told how many calls its work has made, when that has ended or failed.
   */
  WatchedStore(
      BufferStore store,
      List<String> keys,
      Supplier<@Nullable Fault> faults,
      Consumer<View> committed,
      IntConsumer worked) {
    this.store = store;
    this.keys = keys;
    this.faults = faults;
    this.committed = committed;
    this.worked = worked;
  }

  @Override
  public String storeId() {
    return store.storeId();
  }

  @Override
  public <R> R transact(StoreWork<R> work) {
    if (dead) {
      throw new Died();
    }
    Fault fault = closed ? null : faults.get();
    if (fault != null && !fault.afterCommit()) {
      return store.transact(
          transaction -> {
            work(work, transaction, fault);
            throw thrown(fault); // also if the work has caught what a call threw
          });
    }
    View[] left = new View[1];
    R result =
        store.transact(
            transaction -> {
              R answer = work(work, transaction, null);
              left[0] = View.read(transaction, keys);
              return answer;
            });
    committed.accept(left[0]);
    if (fault != null) {
      throw thrown(fault);
    }
    return result;
  }

  private <R> R work(StoreWork<R> work, StoreTransaction transaction, @Nullable Fault fault) {
    CountedCalls calls =
        fault == null
            ? new CountedCalls(transaction)
            : new CountedCalls(transaction, fault.atCall(), () -> thrown(fault));
    try {
      return work.in(calls.transaction());
    } finally {
      worked.accept(calls.made());
    }
  }

  /** Ends the process at once, whatever it is doing. */
  void die() {
    dead = true;
  }

  boolean isDead() {
    return dead;
  }

  boolean isClosed() {
    return closed;
  }

  @Override
  public void close() {
    if (!dead) {
      closed = true;
      store.close();
    }
  }

  private RuntimeException thrown(Fault fault) {
    Failure failure = fault.failure();
    if (failure == null) {
      die();
      throw new Died();
    }
    return new StoreException(failure.reason(), "planned: " + failure);
  }
}
