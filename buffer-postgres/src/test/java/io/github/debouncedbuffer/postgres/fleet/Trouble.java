// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.postgres.fleet;

/**
 * What was done to a life of a node.
 *
 * @param node its name, or {@link #ALL}
 * @param from when it began
 * @param until when it was over; {@link Long#MAX_VALUE} for a kill
 */
record Trouble(String node, long from, long until) {

  /** The database was restarted: a trouble of all nodes. */
  static final String ALL = "all";

  boolean isKill() {
    return until == Long.MAX_VALUE;
  }

  boolean overlaps(String which, long begin, long end) {
    return (node.equals(ALL) || node.equals(which)) && from <= end && until >= begin;
  }
}
