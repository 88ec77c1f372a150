// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.testkit.simulation;

/** How a planned run ends. */
public enum Ending {
  /** The handler returns. */
  RETURN,
  /** It throws an exception. */
  THROW,
  /** It throws an {@link Error}. */
  ERROR,
  /** It neither returns nor heeds the timeout, until an {@link Verb#END} or the drain ends it. */
  HANG
}
