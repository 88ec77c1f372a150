// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.spi;

/**
 * What one transaction does. It may be run more than once, so it keeps its results to itself until
 * the transaction is committed.
 *
 * @param <R> what it returns
 */
@FunctionalInterface
public interface StoreWork<R> {

  /**
   * Reads and changes the store.
   *
   * @param transaction the open transaction, valid until this method returns
   * @return the result, handed to the caller after the commit
   */
  R in(StoreTransaction transaction);
}
