// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.testkit.simulation;

import io.github.debouncedbuffer.spi.BufferStore;
import io.github.debouncedbuffer.spi.StoreException;
import io.github.debouncedbuffer.spi.StoreWork;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Between the engine and a real store: shows each commit to the checker, makes planned transactions
 * fail, and lets the process die at one. Once dead, or closed, nothing comes through any more.
 */
final class WatchedStore implements BufferStore {

  /** What a transaction is to suffer: one of a kind of failure and death. */
  record Fault(@Nullable Failure failure, boolean afterCommit) {}

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
  private boolean dead;
  private boolean closed;

  /** {@code faults} is asked at each transaction; {@code committed} sees what each has left. */
  WatchedStore(
      BufferStore store,
      List<String> keys,
      Supplier<@Nullable Fault> faults,
      Consumer<View> committed) {
    this.store = store;
    this.keys = keys;
    this.faults = faults;
    this.committed = committed;
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
            work.in(transaction);
            throw thrown(fault);
          });
    }
    View[] left = new View[1];
    R result =
        store.transact(
            transaction -> {
              R answer = work.in(transaction);
              left[0] = View.read(transaction, keys);
              return answer;
            });
    committed.accept(left[0]);
    if (fault != null) {
      throw thrown(fault);
    }
    return result;
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

  private Died died() {
    die();
    return new Died();
  }

  private RuntimeException thrown(Fault fault) {
    Failure failure = fault.failure();
    if (failure == null) {
      throw died();
    }
    return new StoreException(failure.reason(), "planned: " + failure);
  }
}
