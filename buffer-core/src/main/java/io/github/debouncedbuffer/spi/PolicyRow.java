// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.spi;

import java.time.Duration;

/**
 * A window policy as data, taken down when a window opens. Immutable.
 *
 * @param quiet whether {@code minWait} counts from the newest message rather than from the oldest
 * @param minWait how long the window waits
 * @param maxWait how long it waits at the most, however much arrives or is asked
 * @param maxBatch how many messages a batch takes
 * @param followUp the name of the follow-up timing
 */
public record PolicyRow(
    boolean quiet, Duration minWait, Duration maxWait, int maxBatch, String followUp) {}
