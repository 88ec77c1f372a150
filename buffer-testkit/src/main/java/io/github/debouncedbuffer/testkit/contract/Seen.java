// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.testkit.contract;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.debouncedbuffer.spi.StoredMessage;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A stored message that can be compared, unlike one with an array in it. */
record Seen(
    long sequence, @Nullable String messageId, Instant arrivedAt, String payload, boolean intact) {

  static Seen of(StoredMessage message) {
    return new Seen(
        message.sequence(),
        message.messageId(),
        message.arrivedAt(),
        new String(message.payload(), UTF_8),
        message.intact());
  }

  static List<Seen> all(List<StoredMessage> messages) {
    return messages.stream().map(Seen::of).toList();
  }
}
