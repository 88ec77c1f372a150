// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer;

/**
 * Work that becomes part of the transaction in which a batch is completed; see {@link
 * Batch#onComplete}.
 *
 * @param <T> what the work is done through
 */
@FunctionalInterface
public interface CompletionWork<T> {

  /**
   * Does the work. It must not ask the buffer or the batch for anything, which would wait for this
   * very transaction.
   *
   * @param resource of use only until this method returns; it cannot end the transaction
   * @throws Exception if the work failed: then nothing of it is stored and the batch has failed, as
   *     if the handler had thrown this
   */
  void with(T resource) throws Exception;
}
