// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.internal;

import io.github.debouncedbuffer.RetryPolicy;
import io.github.debouncedbuffer.spi.BufferClock;
import io.github.debouncedbuffer.spi.BufferStore;
import io.github.debouncedbuffer.spi.KeyRow;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The step "recover": before anything else, takes over what the last process left running. */
final class Recovery {

  private static final int STEP = 500;

  private Recovery() {}

  static void run(
      BufferStore store,
      BufferClock clock,
      RetryPolicy retry,
      Duration idRetention,
      Reporter reporter) {
    boolean more = true;
    while (more) {
      Unit unit =
          store.transact(
              transaction ->
                  step(new Unit(transaction, clock.now(), idRetention), retry, reporter));
      more = !unit.effects().isEmpty();
      unit.effects().forEach(Runnable::run);
    }
  }

  private static Unit step(Unit unit, RetryPolicy retry, Reporter reporter) {
    List<KeyRow> rows = new ArrayList<>(unit.transaction.lockForRecovery(unit.now, STEP));
    rows.sort(Comparator.comparing(KeyRow::key)); // the same history over every store
    for (KeyRow row : rows) {
      Decision decision = Protocol.recover(KnownNames.row(row), retry, unit.now);
      EndRun.bury(unit, row, decision, "the process ended while it ran");
      unit.apply(row.key(), decision);
      unit.afterCommit(() -> reporter.recovered(row, decision, unit.now));
    }
    unit.finish();
    return unit;
  }
}
