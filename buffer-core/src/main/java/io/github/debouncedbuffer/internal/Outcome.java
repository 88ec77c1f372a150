// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.internal;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How a run ended.
 *
 * @param kind in one word
 * @param cause what the handler threw, or why the claim is given back; null if it returned
 * @param delay for how long a claim that is given back is left alone
 */
record Outcome(Kind kind, @Nullable Throwable cause, Duration delay) {

  enum Kind {
    RETURNED,
    FAILED,
    RELEASED
  }

  static final Outcome RETURNED = new Outcome(Kind.RETURNED, null, Duration.ZERO);

  static Outcome failed(Throwable cause) {
    return new Outcome(Kind.FAILED, cause, Duration.ZERO);
  }

  static Outcome released(Throwable cause) {
    return new Outcome(Kind.RELEASED, cause, Duration.ZERO);
  }

  static Outcome rejected(Throwable cause, Duration delay) {
    return new Outcome(Kind.RELEASED, cause, delay);
  }
}
