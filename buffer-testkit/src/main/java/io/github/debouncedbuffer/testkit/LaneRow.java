// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.testkit;

import java.util.List;

/**
 * One line of a lane: bars and signs with words among them, or (not tall) words only.
 *
 * @param tall whether bars or signs stand in it
 */
record LaneRow(boolean tall, List<LaneBar> bars, List<LaneSign> signs, List<LaneWords> words) {}
