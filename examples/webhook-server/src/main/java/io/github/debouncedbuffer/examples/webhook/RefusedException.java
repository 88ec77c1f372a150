// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.examples.webhook;

/** A request is not as it must be. What was wrong with it is told to its sender. */
final class RefusedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final int status;
  private final String told;

  RefusedException(int status, String told) {
    super(told);
    this.status = status;
    this.told = told;
  }

  /** The body does not have the shape that its provider documents. */
  static RefusedException malformed(String told) {
    return new RefusedException(400, told);
  }

  int status() {
    return status;
  }

  String told() {
    return told;
  }
}
