// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.testkit.simulation;

/** What happens to a key: the rows of the protocol's table that can be seen from outside. */
public enum Event {
  /** A message was stored. */
  SUBMITTED,
  /** A batch was claimed. */
  DUE,
  /** A run returned and was completed. */
  RETURNED,
  /** Late messages joined the batch. */
  ABSORBED,
  /** A run ended, and a part of its batch was handled. */
  ACKNOWLEDGED,
  /** A run gave way to late messages. */
  SUPERSEDED,
  /** A run failed and its batch backs off. */
  FAILED,
  /** A run failed for the last time and its batch died. */
  DIED,
  /** A claim was given back. */
  RELEASED,
  /** Unreadable messages were set apart. */
  SET_APART,
  /** A row was changed by a process that took over. */
  RECOVERED,
  /** A flush was asked for. */
  FLUSHED,
  /** An extension was asked for. */
  EXTENDED,
  /** A discard was asked for. */
  DISCARDED,
  /** A withdrawal was asked for. */
  WITHDRAWN,
  /** An erasure was asked for. */
  ERASED
}
