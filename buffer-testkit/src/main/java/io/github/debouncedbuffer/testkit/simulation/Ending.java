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
  HANG,
  /** It asks whether its batch is current: if so it returns, else it throws what it was told. */
  REPLY,
  /** It throws a {@link io.github.debouncedbuffer.SupersededException}, whether it may or not. */
  SUPERSEDED
}
