// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.examples.webhook;

/** Sends answers to customers. Thread-safe. */
@FunctionalInterface
public interface Outbound {

  /**
   * Sends an answer. At-least-once: after a crash the same batch can be answered again.
   *
   * @param key to whom, the channel before the first colon
   * @param batchId the same for each try of the same batch: the provider's idempotency key
   * @param text the answer
   * @throws Exception if it could not be sent; the batch is tried again later
   */
  void send(String key, String batchId, String text) throws Exception;
}
