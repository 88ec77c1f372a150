// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.testkit.nodes;

import io.github.debouncedbuffer.spi.BufferStore;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;

/**
 * One set of data, empty at first, that several nodes share. Used by one thread, but what it gives
 * to listeners may come from any.
 */
public interface SharedSource extends AutoCloseable {

  /** Makes empty data. */
  @FunctionalInterface
  interface Factory {

    /**
     * Makes empty data for one scenario.
     *
     * @param lease what each store object must have as its {@link BufferStore#lease}
     * @param time the store's time: what {@code StoreTransaction.now} must answer, whatever the
     *     nodes' clocks say. It never goes back
     * @return data that nobody else uses
     */
    SharedSource open(Duration lease, Supplier<Instant> time);
  }

  /**
   * A store object for the next start of a node. The one before it was closed, or its node has died
   * and it is neither used nor closed any more.
   *
   * @param number which node, from 0
   * @return an open store; its {@code storeId} is the same for all nodes, and in every run of the
   *     same scenario
   */
  BufferStore node(int number);

  /** Throws the data away, and whatever is left of nodes that have died. */
  @Override
  void close();
}
