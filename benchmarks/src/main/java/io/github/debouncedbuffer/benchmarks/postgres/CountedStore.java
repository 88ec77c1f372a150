// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.benchmarks.postgres;

import io.github.debouncedbuffer.spi.BufferStore;
import io.github.debouncedbuffer.spi.StoreWork;
import java.util.concurrent.atomic.LongAdder;

/** Counts the transactions that were committed. */
final class CountedStore extends WrappedStore {

  private final LongAdder transactions;

  /**
   * Counts those of one store.
   *
   * @param transactions several stores may count into one
   */
  CountedStore(BufferStore store, LongAdder transactions) {
    super(store);
    this.transactions = transactions;
  }

  @Override
  public <R> R transact(StoreWork<R> work) {
    R result = super.transact(work);
    transactions.increment();
    return result;
  }
}
