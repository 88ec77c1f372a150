// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer;

import java.time.Duration;

/** The one rule for durations that users give. */
final class Durations {

  static final Duration MAX = Duration.ofDays(365);

  private Durations() {}

  static Duration positive(String name, Duration value) {
    if (value.isNegative() || value.isZero() || value.compareTo(MAX) > 0) {
      throw new IllegalArgumentException(
          name + " " + value + " must be longer than zero and at most " + MAX);
    }
    return value;
  }

  static Duration notNegative(String name, Duration value) {
    if (value.isNegative() || value.compareTo(MAX) > 0) {
      throw new IllegalArgumentException(name + " " + value + " must be from zero to " + MAX);
    }
    return value;
  }
}
