// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.testkit.nodes;

import io.github.debouncedbuffer.spi.BatchRow;
import io.github.debouncedbuffer.testkit.checking.View;
import io.github.debouncedbuffer.testkit.simulation.Promise;
import io.github.debouncedbuffer.testkit.simulation.Violation;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** All that the checks know: what was sent, what is stored, and who has claimed what. */
final class Ledger {

  /** How long the engine may take to try again what has failed, and to be told. */
  static final Duration SOON = Duration.ofSeconds(1);

  /** When a due time was committed, and by the how many-th transaction. */
  record DueSince(@Nullable Instant dueAt, Instant at, long commit) {}

  final NodesScenario scenario;
  final List<String> keys = new ArrayList<>();
  final Map<String, Sent> sentByPayload = new HashMap<>();
  final Map<Long, Sent> sentBySequence = new HashMap<>();
  final Map<Long, Claim> claims = new LinkedHashMap<>();
  final Map<String, DueSince> dueSince = new HashMap<>();
  final Set<Long> batches = new HashSet<>();
  final Tally tally = new Tally();

  /** What the last commit left. */
  View view;

  /** How many transactions were committed. */
  long commits;

  Ledger(NodesScenario scenario) {
    this.scenario = scenario;
    for (int i = 0; i < scenario.setup().keys(); i++) {
      keys.add("key:" + i);
    }
    this.view = View.empty(keys);
  }

  Duration lease() {
    return Duration.ofSeconds(scenario.lease());
  }

  /** So often a node renews, takes over, and looks for what is due. */
  Duration beat() {
    return lease().dividedBy(3);
  }

  /** The greatest of a key: those of different keys may be drawn in any order. */
  long lastSequence(String key) {
    return sentBySequence.entrySet().stream()
        .filter(each -> each.getValue().key().equals(key))
        .mapToLong(Map.Entry::getKey)
        .max()
        .orElse(0);
  }

  /** The claim under which a batch runs. */
  Claim claim(BatchRow batch) {
    Claim claim = claims.get(batch.token());
    if (claim == null) {
      throw new Violation(Promise.G10, "nobody has claimed under the token of " + batch);
    }
    return claim;
  }

  /** The runs whose handlers have yet to end, on nodes that are there. */
  List<Claim> openRuns() {
    return claims.values().stream().filter(c -> c.isOpen() && c.owner.isThere()).toList();
  }

  long busy(Life life) {
    return claims.values().stream().filter(c -> c.owner == life && c.isBusy()).count();
  }

  boolean runsRecovered(Life life) {
    return claims.values().stream()
        .anyMatch(c -> c.owner == life && c.isBusy() && c.batch.recovered());
  }

  @SuppressWarnings("AnnotateFormatMethod") // its annotation would be one more dependency
  static void require(boolean holds, Promise promise, String seen, @Nullable Object... parts) {
    if (!holds) {
      throw new Violation(promise, seen.formatted(parts));
    }
  }
}
