// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.spi;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A claimed batch. Its members are the messages of the key up to {@code throughSequence}.
 * Immutable.
 *
 * @param id number of the batch, the same for every attempt with the same members
 * @param token the fencing token of the last claim
 * @param attempt how many claims were counted, 0 or more
 * @param messages how many members; 0 if they were erased while it runs
 * @param throughSequence sequence of the last member
 * @param openedAt arrival of the first member
 * @param since when the last claim or the last end of a run was
 * @param recovered whether a process died while it ran: such batches run one at a time
 * @param leaseUntil until when the claim holds if it is not renewed, by the store's time; null
 *     unless the row is {@code RUNNING} in a store with a {@link BufferStore#lease}
 */
public record BatchRow(
    long id,
    long token,
    int attempt,
    int messages,
    long throughSequence,
    Instant openedAt,
    Instant since,
    boolean recovered,
    @Nullable Instant leaseUntil) {}
