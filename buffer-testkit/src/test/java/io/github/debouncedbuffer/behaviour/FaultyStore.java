// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.behaviour;

import io.github.debouncedbuffer.spi.BufferStore;
import io.github.debouncedbuffer.spi.StoreException;
import io.github.debouncedbuffer.spi.StoreWork;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.UnaryOperator;

/** A store that fails when it is told to: before the commit (nothing stored) or after it. */
final class FaultyStore implements BufferStore {

  private record Fault(boolean afterCommit, StoreException.Reason reason) {}

  private final BufferStore store;
  private final Deque<Fault> faults = new ArrayDeque<>();
  private int transactions;

  FaultyStore(BufferStore store) {
    this.store = store;
  }

  /** Keeps the wrapper where the test can reach it. */
  static UnaryOperator<BufferStore> into(FaultyStore[] kept) {
    return store -> kept[0] = new FaultyStore(store);
  }

  FaultyStore failBefore(StoreException.Reason reason) {
    faults.add(new Fault(false, reason));
    return this;
  }

  FaultyStore failAfter(StoreException.Reason reason) {
    faults.add(new Fault(true, reason));
    return this;
  }

  int transactions() {
    return transactions;
  }

  @Override
  public String storeId() {
    return store.storeId();
  }

  @Override
  public <R> R transact(StoreWork<R> work) {
    transactions++;
    Fault fault = faults.poll();
    if (fault != null && !fault.afterCommit()) {
      // The work runs and is rolled back, as when a statement or the commit fails.
      return store.transact(
          transaction -> {
            work.in(transaction);
            throw new StoreException(fault.reason(), "planned, before the commit");
          });
    }
    R result = store.transact(work);
    if (fault != null) {
      throw new StoreException(fault.reason(), "planned, after the commit");
    }
    return result;
  }

  @Override
  public void close() {
    store.close();
  }
}
