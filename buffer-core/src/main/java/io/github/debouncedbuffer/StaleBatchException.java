// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer;

/**
 * The batch is not, or no longer, the one that runs for its key: it was erased, taken over, or has
 * grown by {@link Batch#absorb}. No reply to it should go out, and trying again does not help.
 */
public final class StaleBatchException extends IllegalStateException {

  private static final long serialVersionUID = 1L;

  /**
   * Makes an exception.
   *
   * @param message what is true now
   */
  public StaleBatchException(String message) {
    super(message);
  }
}
