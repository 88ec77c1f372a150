// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.testkit;

/**
 * Words with their place in a row.
 *
 * @param anchor place of what they belong to
 */
record LaneWords(String text, int left, int right, int anchor, Place place, boolean loss) {
  /** Where the words are, as seen from what they belong to. */
  enum Place {
    INSIDE,
    BESIDE,
    BELOW_RIGHT,
    BELOW_LEFT,
    BELOW
  }

  boolean overlaps(int from, int to) {
    return left < to && from < right;
  }
}
