// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.testkit.simulation;

/** What a planned run does before anything else. */
public enum Inside {
  /** Submits to its own key, without waiting. */
  SUBMIT,
  /** Submits to its own key and waits for the receipt. */
  SUBMIT_AND_WAIT,
  /** Closes the buffer. */
  CLOSE,
  /** Interrupts its own thread. */
  INTERRUPT
}
