// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.spi;

import java.time.Instant;

/**
 * The messages of a key that are in no batch. Immutable.
 *
 * @param messages how many, at least 1
 * @param openedAt arrival of the oldest of them
 * @param countsFrom the base of the deadline: {@code openedAt}, or the end of the run before
 * @param dueNow whether it was flushed or filled: then nothing moves its due time out again
 */
public record WindowRow(int messages, Instant openedAt, Instant countsFrom, boolean dueNow) {}
