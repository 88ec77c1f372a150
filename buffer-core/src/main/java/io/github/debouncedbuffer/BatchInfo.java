// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer;

import java.time.Instant;

/**
 * A batch without its payloads. Immutable.
 *
 * @param id the batch id
 * @param key whose messages they are
 * @param messages how many
 * @param attempt the attempt that this is about, from 1
 * @param startedAt the original start of the chain
 * @param openedAt when the oldest of the messages arrived
 */
public record BatchInfo(
    String id, String key, int messages, int attempt, Instant startedAt, Instant openedAt) {}
