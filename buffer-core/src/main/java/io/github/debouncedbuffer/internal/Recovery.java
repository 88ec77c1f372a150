// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.internal;

import io.github.debouncedbuffer.RetryPolicy;
import io.github.debouncedbuffer.spi.BufferClock;
import io.github.debouncedbuffer.spi.BufferStore;
import io.github.debouncedbuffer.spi.KeyRow;
import io.github.debouncedbuffer.spi.StoreException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The step "recover": before anything else, takes over what the last process left running. */
final class Recovery {

  private static final int STEP = 500;

  /** What one transaction has taken over, and what follows from it. */
  private record Step(Set<String> keys, List<Runnable> effects) {}

  private Recovery() {}

  static void run(
      BufferStore store,
      BufferClock clock,
      RetryPolicy retry,
      Duration idRetention,
      Reporter reporter) {
    Step last = new Step(Set.of(), List.of());
    do {
      Set<String> before = last.keys();
      last =
          store.transact(
              transaction -> {
                Unit unit = Unit.about(List.of(), transaction, clock, idRetention);
                Set<String> keys = takeOver(unit, retry, reporter);
                if (store.lease().isEmpty()) {
                  requireOthers(keys, before);
                }
                unit.finish();
                return new Step(keys, unit.effects());
              });
      last.effects().forEach(Runnable::run);
    } while (store.lease().isEmpty() ? !last.keys().isEmpty() : last.keys().size() >= STEP);
  }

  /** Takes over some of what a process left that is no more; the keys that it was about. */
  static Set<String> takeOver(Unit unit, RetryPolicy retry, Reporter reporter) {
    List<KeyRow> rows = new ArrayList<>(unit.transaction.lockForRecovery(unit.now, STEP));
    rows.sort(Comparator.comparing(KeyRow::key)); // the same history over every store
    Instant now = unit.transaction.now(unit.now); // other nodes may have written since the unit's
    for (KeyRow row : rows) {
      Decision decision = Protocol.recover(KnownNames.row(row), retry, now);
      EndRun.bury(unit, row, decision, "the process ended while it ran");
      unit.apply(row.key(), decision);
      if (decision.step() != Decision.Step.RECOVERED) {
        unit.afterCommit(() -> reporter.recovered(row, decision, unit.now));
      }
    }
    return rows.stream().map(KeyRow::key).collect(Collectors.toSet());
  }

  /** A store that gives a row again as it was before would keep the start going for ever. */
  private static void requireOthers(Set<String> keys, Set<String> before) {
    if (!Collections.disjoint(keys, before)) {
      throw new StoreException(
          StoreException.Reason.CORRUPT,
          "the store gives a row as it was before it was saved, so it is damaged. Restore a backup,"
              + " or move it away to begin anew");
    }
  }
}
