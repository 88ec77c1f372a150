// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer;

import java.time.Instant;
import java.util.List;

/**
 * The messages of one key, handed to the handler together. Immutable, if the payloads are.
 *
 * @param id the same on every attempt, unique for all time: the idempotency key for what the
 *     handler does outside. At-least-once: after a crash or timeout a batch can run again
 * @param key whose messages these are
 * @param messages at least one, in the order of acceptance; unmodifiable
 * @param attempt 1 for the first run
 * @param maxAttempts after so many failed attempts the batch is dead-lettered
 * @param startedAt the original start: when the unbroken chain of windows and runs of this key
 *     began
 * @param openedAt when the oldest of these messages arrived
 * @param <P> the payload
 */
public record Batch<P>(
    String id,
    String key,
    List<Message<P>> messages,
    int attempt,
    int maxAttempts,
    Instant startedAt,
    Instant openedAt) {

  /**
   * Takes down the messages.
   *
   * @param id see above
   * @param key see above
   * @param messages see above
   * @param attempt see above
   * @param maxAttempts see above
   * @param startedAt see above
   * @param openedAt see above
   * @throws NullPointerException if one is null
   */
  public Batch {
    messages = List.copyOf(messages);
  }

  /**
   * The payloads alone.
   *
   * @return at least one, in the order of acceptance; unmodifiable
   */
  public List<P> payloads() {
    return messages.stream().map(Message::payload).toList();
  }
}
