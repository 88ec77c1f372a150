// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.spi;

/**
 * A run of a key's messages by their sequences. Immutable.
 *
 * @param key the key
 * @param afterSequence exclusive lower bound; 0 for none
 * @param throughSequence inclusive upper bound; {@link Long#MAX_VALUE} for none
 * @param limit how many messages to read at the most
 */
public record MessageRange(String key, long afterSequence, long throughSequence, int limit) {

  /**
   * The messages up to one.
   *
   * @param key the key
   * @param sequence inclusive upper bound
   * @return the range, without a limit
   */
  public static MessageRange through(String key, long sequence) {
    return new MessageRange(key, 0, sequence, Integer.MAX_VALUE);
  }

  /**
   * The messages behind one.
   *
   * @param key the key
   * @param sequence exclusive lower bound
   * @return the range, without a limit
   */
  public static MessageRange after(String key, long sequence) {
    return new MessageRange(key, sequence, Long.MAX_VALUE, Integer.MAX_VALUE);
  }

  /**
   * Exactly one message.
   *
   * @param key the key
   * @param sequence which
   * @return the range
   */
  public static MessageRange one(String key, long sequence) {
    return new MessageRange(key, sequence - 1, sequence, 1);
  }

  /**
   * The same range, read no further than so many messages.
   *
   * @param most at least 1
   * @return the limited range
   */
  public MessageRange limited(int most) {
    return new MessageRange(key, afterSequence, throughSequence, most);
  }

  /**
   * Whether a sequence lies in this range.
   *
   * @param sequence of a message of this key
   * @return true within the bounds
   */
  public boolean contains(long sequence) {
    return sequence > afterSequence && sequence <= throughSequence;
  }
}
