// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer;

import java.time.Instant;
import java.util.List;

/**
 * Messages that were given up: a batch that used up its attempts, or a message that cannot be read.
 * They stay stored until they are redriven or removed. Immutable, but for the payloads' bytes.
 *
 * @param id its number, growing
 * @param key whose messages they are
 * @param reason why they were given up
 * @param error the last failure; may be empty
 * @param attempts how many attempts were counted
 * @param startedAt the original start of the chain they died in
 * @param diedAt when
 * @param messages the messages in the order of acceptance, with their encoded payloads
 */
public record DeadLetter(
    long id,
    String key,
    Reason reason,
    String error,
    int attempts,
    Instant startedAt,
    Instant diedAt,
    List<Message<byte[]>> messages) {

  /** Why messages were given up. */
  public enum Reason {
    /** The batch failed on each of its attempts. */
    ATTEMPTS_USED_UP,
    /** The stored bytes were damaged, or the codec could not decode them. */
    UNREADABLE
  }
}
