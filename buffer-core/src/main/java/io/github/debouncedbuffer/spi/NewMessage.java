// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.spi;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A message to be stored. The payload is not copied: nobody changes it.
 *
 * @param key whose message it is
 * @param messageId the caller's id; null if it has none
 * @param arrivedAt when it arrived
 * @param payload the encoded payload, may be empty
 */
@SuppressWarnings("ArrayRecordComponent") // never compared; a copy per message would cost
public record NewMessage(
    String key, @Nullable String messageId, Instant arrivedAt, byte[] payload) {}
