// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.spi;

import java.time.Instant;

/**
 * What is known of a dead letter beside its messages. Immutable.
 *
 * @param id its number, from {@link StoreTransaction#nextTokens}
 * @param key whose messages they are
 * @param reason why it died, one word
 * @param error the last failure for operators, at most 500 characters; may be empty
 * @param attempts how many attempts were counted
 * @param startedAt the original start of the chain it died in
 * @param diedAt when
 */
public record DeadLetterRow(
    long id,
    String key,
    String reason,
    String error,
    int attempts,
    Instant startedAt,
    Instant diedAt) {}
