// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer;

/**
 * When messages that arrived while a batch was being handled are due. In the incident that this
 * library comes from: window 35 s, late message at T+42, run ends at T+63.
 */
public enum FollowUp {
  /** As if the run had not been there: due T+77, or at once if that has passed. The default. */
  FROM_ARRIVAL,
  /** A whole window after the end of the run: due T+98. */
  FROM_COMPLETION,
  /** As soon as the run has ended: due T+63. It does not wait for an {@code extend} either. */
  IMMEDIATELY
}
