// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.proof;

import io.github.debouncedbuffer.spi.BufferStore;
import io.github.debouncedbuffer.spi.StoreWork;
import io.github.debouncedbuffer.testkit.simulation.StoreSource;

/** In-memory stores with somebody between the engine and them. */
final class WrappedSource implements StoreSource {

  /** Runs a transaction of the store, in a way of its own. */
  interface Way {
    <R> R transact(BufferStore store, StoreWork<R> work);
  }

  private final StoreSource real = StoreSource.inMemory();
  private final Way way;

  WrappedSource(Way way) {
    this.way = way;
  }

  @Override
  public BufferStore open() {
    return wrapped(real.open());
  }

  @Override
  public BufferStore afterCrash() {
    return wrapped(real.afterCrash());
  }

  private BufferStore wrapped(BufferStore store) {
    return new BufferStore() {
      @Override
      public String storeId() {
        return store.storeId();
      }

      @Override
      public <R> R transact(StoreWork<R> work) {
        return way.transact(store, work);
      }

      @Override
      public void close() {
        store.close();
      }
    };
  }

  @Override
  public void close() {
    real.close();
  }
}
