// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.examples.webhook;

import io.github.debouncedbuffer.Batch;

/** What answers customers. Thread-safe; called for several customers at once. */
@FunctionalInterface
public interface Ai {

  /**
   * Answers the messages of a batch, all with one text.
   *
   * @param batch what the customer wrote, in order
   * @return the answer
   * @throws Exception if there is none; the batch is tried again later
   */
  String answer(Batch<String> batch) throws Exception;
}
