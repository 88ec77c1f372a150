// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer;

/**
 * The run is superseded by late messages: its batch and they are to be handled together, as one new
 * batch. A handler that ends with this exception has not failed. Thrown by {@link
 * Batch#ensureCurrent}; a handler may throw it itself when {@link Batch#superseded} says so.
 *
 * <p>Where it is not allowed (the buffer collects late messages, it is not the batch's first
 * attempt, the batch is full, too many runs in a row were superseded, or the reply was already
 * cleared by {@link Batch#ensureCurrent}) it counts as a failure like any other.
 */
public final class SupersededException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /**
   * Makes an exception.
   *
   * @param message what is true now
   */
  public SupersededException(String message) {
    super(message);
  }
}
