// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.testkit.simulation;

import io.github.debouncedbuffer.memory.InMemoryBufferStore;
import io.github.debouncedbuffer.spi.BufferStore;

/**
 * Where a simulation gets its stores from: one set of data, empty at first, and a store object over
 * them for each life of the process. Not thread-safe.
 */
public interface StoreSource extends AutoCloseable {

  /**
   * A store over the data as they are. Called first of all, and after each close.
   *
   * @return an open store; its {@code storeId} must be the same in every run of the simulation
   */
  BufferStore open();

  /**
   * A store over what was committed, as if the process had died just now. The store object before
   * is never closed and never used again.
   *
   * @return an open store
   */
  BufferStore afterCrash();

  /** Throws the data away. */
  @Override
  void close();

  /**
   * Data in memory.
   *
   * @return a source of in-memory stores
   */
  static StoreSource inMemory() {
    return new StoreSource() {
      private InMemoryBufferStore store = new InMemoryBufferStore("memory");

      @Override
      public BufferStore open() {
        store = store.reopen();
        return store;
      }

      @Override
      public BufferStore afterCrash() {
        return open();
      }

      @Override
      public void close() {
        store.close();
      }
    };
  }
}
