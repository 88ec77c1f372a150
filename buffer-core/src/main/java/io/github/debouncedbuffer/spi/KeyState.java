// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.spi;

/**
 * Where a key is in its life. A key that is idle has no row and so no state. The transitions are
 * decided in one place, the protocol.
 */
public enum KeyState {
  /** Messages are collected; the row's {@code dueAt} says when their batch may start. */
  WAITING,
  /** A batch is handed to the handler under a token; messages that arrive now are late. */
  RUNNING,
  /** A batch waits for its next attempt at {@code dueAt}; messages that arrive now are late. */
  BACKING_OFF
}
