// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.examples.webhook.page;

import io.github.debouncedbuffer.KeySnapshot;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * How a key stands, as the page shows it. Immutable.
 *
 * @param key the key
 * @param now how it stands in the store; empty if it is idle
 * @param redelivered how often a message came that was already stored, since the process began
 * @param dead how many of its batches were given up
 * @param last what happened last, in words
 */
record KeyView(String key, Optional<KeySnapshot> now, int redelivered, int dead, String last) {

  /** A key of which nothing is known yet. */
  static KeyView idle(String key) {
    return new KeyView(key, Optional.empty(), 0, 0, "");
  }

  KeyView now(Optional<KeySnapshot> snapshot) {
    return new KeyView(key, snapshot, redelivered, dead, last);
  }

  KeyView redeliveredOnceMore() {
    return new KeyView(key, now, redelivered + 1, dead, last);
  }

  KeyView dead(int count) {
    return new KeyView(key, now, redelivered, count, last);
  }

  KeyView last(String words) {
    return new KeyView(key, now, redelivered, dead, words);
  }

  /** For the page. Times are from now on: the clock of the browser may be another. */
  Map<String, Object> json(Instant at) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("key", key);
    json.put("state", now.map(s -> s.state().name()).orElse("IDLE"));
    json.put("pending", now.map(KeySnapshot::pending).orElse(0));
    json.put("late", now.map(KeySnapshot::late).orElse(0));
    json.put("attempt", now.map(KeySnapshot::attempt).orElse(OptionalInt.empty()).orElse(0));
    now.flatMap(KeySnapshot::dueAt)
        .ifPresent(due -> json.put("dueInMillis", Duration.between(at, due).toMillis()));
    json.put("redelivered", redelivered);
    json.put("dead", dead);
    json.put("last", last);
    return json;
  }
}
