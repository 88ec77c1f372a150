// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer;

import java.util.concurrent.CompletionStage;

/**
 * A {@link Handler} that does not keep a thread while it waits.
 *
 * @param <P> the payload
 */
@FunctionalInterface
public interface AsyncHandler<P> {

  /**
   * Begins to handle a batch.
   *
   * @param batch what to handle
   * @return ends normally when the batch is handled, exceptionally if it is to be tried again; at
   *     the timeout its {@code toCompletableFuture()} is cancelled
   * @throws Exception as if the stage had ended with it
   */
  CompletionStage<?> handle(Batch<P> batch) throws Exception;
}
