// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.testkit.simulation;

/**
 * How a scenario ends: hung handlers are released, no more faults come, and time passes until
 * nothing is pending. What the handler does meanwhile is the drain.
 */
public enum Drain {
  /** Every run returns. */
  SUCCEED,
  /** Every run throws, so that all that is left becomes dead letters. */
  FAIL,
  /** Every run ends the process, which starts again: all that is left becomes dead letters, too. */
  CRASH
}
