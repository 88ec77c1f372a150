// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer;

/**
 * A limit is reached: nothing was stored. It helps to try again when messages have been handled; a
 * webhook answers 503 and is sent the message again.
 */
public final class BufferFullException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /**
   * Makes an exception.
   *
   * @param message which limit, and what is true now
   */
  public BufferFullException(String message) {
    super(message);
  }
}
