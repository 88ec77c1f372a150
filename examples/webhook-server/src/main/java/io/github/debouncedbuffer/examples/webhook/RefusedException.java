// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.examples.webhook;

/** A request is not as it must be. What was wrong with it is told to its sender. */
final class RefusedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final int status;

  RefusedException(int status, String message) {
    super(message);
    this.status = status;
  }

  /** The body does not have the shape that its provider documents. */
  static RefusedException malformed(String message) {
    return new RefusedException(400, message);
  }

  int status() {
    return status;
  }
}
