// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.spi;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Counts of a store at one instant. Immutable.
 *
 * @param pendingMessages messages stored and not dead
 * @param waitingKeys keys with an open window
 * @param runningKeys keys with a running batch
 * @param backingOffKeys keys whose batch waits for its next attempt
 * @param deadLetters dead letters
 * @param rememberedIds message ids, those of stored messages included
 * @param oldestPendingAt arrival of the oldest pending message; null if nothing is pending
 * @param logBytes size of the write-ahead log; 0 if the store has none
 */
public record StoreStats(
    long pendingMessages,
    long waitingKeys,
    long runningKeys,
    long backingOffKeys,
    long deadLetters,
    long rememberedIds,
    @Nullable Instant oldestPendingAt,
    long logBytes) {}
