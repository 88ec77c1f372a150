// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer;

/**
 * What a buffer takes at the most. Whatever is over a limit is refused with an exception; nothing
 * is dropped or cut. Immutable.
 *
 * @param payloadBytes of one encoded payload; 1 to 64 Mi
 * @param pendingPerKey messages of one key that are pending; 1 to 1,000,000
 * @param pendingInTotal messages that are pending; at least 1
 * @param queuedSubmits submits that wait for their commit; 1 to 1,000,000
 */
public record Limits(int payloadBytes, int pendingPerKey, long pendingInTotal, int queuedSubmits) {

  /** The longest key and the longest message id, in bytes of UTF-8. */
  public static final int KEY_BYTES = 512;

  /** Payloads of 1 MiB; 10,000 messages per key, ten million in total; 10,000 queued submits. */
  public static final Limits DEFAULT = new Limits(1 << 20, 10_000, 10_000_000, 10_000);

  /**
   * Checks the parts.
   *
   * @param payloadBytes see above
   * @param pendingPerKey see above
   * @param pendingInTotal see above
   * @param queuedSubmits see above
   * @throws IllegalArgumentException if one is out of range
   */
  public Limits {
    within("payloadBytes", payloadBytes, 64 << 20);
    within("pendingPerKey", pendingPerKey, 1_000_000);
    within("pendingInTotal", pendingInTotal, Long.MAX_VALUE);
    within("queuedSubmits", queuedSubmits, 1_000_000);
  }

  static void within(String name, long value, long most) {
    if (value < 1 || value > most) {
      throw new IllegalArgumentException(name + " " + value + " must be from 1 to " + most);
    }
  }

  /**
   * Sets the size of a payload.
   *
   * @param bytes 1 to 64 Mi
   * @return the changed limits
   */
  public Limits payloadBytes(int bytes) {
    return new Limits(bytes, pendingPerKey, pendingInTotal, queuedSubmits);
  }

  /**
   * Sets how many messages of one key may be pending.
   *
   * @param messages 1 to 1,000,000
   * @return the changed limits
   */
  public Limits pendingPerKey(int messages) {
    return new Limits(payloadBytes, messages, pendingInTotal, queuedSubmits);
  }

  /**
   * Sets how many messages may be pending.
   *
   * @param messages at least 1
   * @return the changed limits
   */
  public Limits pendingInTotal(long messages) {
    return new Limits(payloadBytes, pendingPerKey, messages, queuedSubmits);
  }

  /**
   * Sets how many submits may wait for their commit.
   *
   * @param submits 1 to 1,000,000
   * @return the changed limits
   */
  public Limits queuedSubmits(int submits) {
    return new Limits(payloadBytes, pendingPerKey, pendingInTotal, submits);
  }
}
