// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.testkit.nodes;

import org.jspecify.annotations.Nullable;

/**
 * A message that was submitted.
 *
 * @param life on which node
 * @param key to which key
 * @param id under which id, if any
 * @param payload which no other has
 */
record Sent(Life life, String key, @Nullable String id, String payload) {

  /** Whether another has the same key and id. */
  boolean isAgain(Sent other) {
    return id != null && id.equals(other.id) && key.equals(other.key);
  }
}
