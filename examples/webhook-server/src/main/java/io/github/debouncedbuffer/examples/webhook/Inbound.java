// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.examples.webhook;

import org.jspecify.annotations.Nullable;

/**
 * A customer's message, whichever provider delivered it. Immutable.
 *
 * @param channel a plain word: {@code wati}, {@code facebook}, {@code instagram}, {@code whatsapp}
 * @param customer who wrote, as the channel names them
 * @param id the provider's id of the message, the same when it delivers again; null if it has none
 * @param text what was written
 */
public record Inbound(String channel, String customer, @Nullable String id, String text) {

  /**
   * Whose messages are answered together. The same customer on two channels is two keys.
   *
   * @return the channel and the customer
   */
  public String key() {
    return channel + ":" + customer;
  }

  /** The channel of a {@link #key}. */
  static String channelOf(String key) {
    return key.substring(0, key.indexOf(':'));
  }
}
