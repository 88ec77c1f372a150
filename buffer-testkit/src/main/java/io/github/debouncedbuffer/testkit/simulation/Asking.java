// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.testkit.simulation;

/** What a run asks about its batch while it goes on. */
public enum Asking {
  /** Takes late messages in. */
  ABSORB,
  /** Has its reply cleared. */
  ENSURE_CURRENT,
  /** Says that the first message is handled, or one more than it said before. */
  ACKNOWLEDGE
}
