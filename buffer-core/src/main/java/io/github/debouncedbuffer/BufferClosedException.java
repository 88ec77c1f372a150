// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer;

/** The buffer is closed, or closing: nothing was stored, and trying again does not help. */
public final class BufferClosedException extends IllegalStateException {

  private static final long serialVersionUID = 1L;

  /**
   * Makes an exception.
   *
   * @param message what is true now
   */
  public BufferClosedException(String message) {
    super(message);
  }
}
