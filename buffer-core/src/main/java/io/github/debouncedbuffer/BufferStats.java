// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer;

import io.github.debouncedbuffer.spi.StoreStats;
import java.time.Duration;
import java.util.Optional;

/**
 * Counts of a buffer. Those in {@code store} are of this instant and outlive restarts; the others
 * count since the buffer was started. Immutable.
 *
 * @param oldestPending for how long the oldest pending message has been waiting: the one figure to
 *     watch; empty if nothing is pending
 * @param store what is stored
 * @param accepted messages stored
 * @param duplicates submits answered as duplicates
 * @param late messages that arrived during a run or backoff
 * @param claimed runs that were claimed
 * @param completed batches handled
 * @param superseded runs that late messages superseded
 * @param failed runs that failed
 * @param timedOut runs that took longer than the handler timeout
 * @param deadLettered dead letters written
 * @param storeFailures transactions that failed
 * @param listenerEventsDropped events that a listener was too slow to take
 * @param runs runs in progress
 * @param queuedSubmits submits that wait for their commit
 */
public record BufferStats(
    Optional<Duration> oldestPending,
    StoreStats store,
    long accepted,
    long duplicates,
    long late,
    long claimed,
    long completed,
    long superseded,
    long failed,
    long timedOut,
    long deadLettered,
    long storeFailures,
    long listenerEventsDropped,
    int runs,
    int queuedSubmits) {}
