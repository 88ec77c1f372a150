// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer;

/**
 * Handles a batch: answers a customer, say. Called on the buffer's executor, for several keys at
 * once and for one key never twice at once. It may take its time, submit to its own key, throw
 * anything.
 *
 * @param <P> the payload
 */
@FunctionalInterface
public interface Handler<P> {

  /**
   * Handles a batch. Returning normally means that it is handled: its messages are removed.
   *
   * @param batch what to handle
   * @throws Exception if the batch is to be tried again after a backoff
   */
  void handle(Batch<P> batch) throws Exception;
}
