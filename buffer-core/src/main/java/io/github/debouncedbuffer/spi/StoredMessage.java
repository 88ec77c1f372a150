// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.spi;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A message as the store has it. The payload is not copied: nobody changes it.
 *
 * @param sequence its place in the order of acceptance
 * @param messageId the caller's id; null if it has none
 * @param arrivedAt when it arrived
 * @param payload the encoded payload, may be empty
 * @param intact false if the payload is not what was stored: its checksum does not match
 */
@SuppressWarnings("ArrayRecordComponent") // never compared; a copy per message would cost
public record StoredMessage(
    long sequence, @Nullable String messageId, Instant arrivedAt, byte[] payload, boolean intact) {}
