// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.testkit.simulation;

import java.util.Objects;

/** A promise was broken. The message says what was seen, with times and sequences. */
public final class Violation extends AssertionError {

  private static final long serialVersionUID = 1L;

  /** Which one; an enum, so that it can be switched over. */
  private final Promise promise;

  /**
   * Reports a broken promise.
   *
   * @param promise which one
   * @param seen what was seen and what should have been
   */
  public Violation(Promise promise, String seen) {
    super(promise + " " + promise.title() + ": " + seen);
    this.promise = Objects.requireNonNull(promise, "promise");
  }

  /**
   * Which promise was broken.
   *
   * @return the promise
   */
  public Promise promise() {
    return promise;
  }
}
