// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.testkit.simulation;

import static io.github.debouncedbuffer.testkit.simulation.Ledger.require;

import io.github.debouncedbuffer.spi.BatchRow;
import io.github.debouncedbuffer.spi.KeyRow;
import io.github.debouncedbuffer.spi.KeyState;
import java.time.Instant;
import java.util.Optional;

/**
 * Looks at the whole when no task is ready: then everybody has got an answer, what is claimed runs,
 * what is due has been claimed if a worker is free, and something is armed for what is due next.
 */
final class QuietCheck {

  private final Ledger ledger;

  QuietCheck(Ledger ledger) {
    this.ledger = ledger;
  }

  void quiet(Instant now, Optional<Instant> nextWakeUp) {
    answered();
    boolean troubled =
        !ledger.troubleAt.equals(Instant.MIN) && ledger.troubleAt.plus(Ledger.RETRY).isAfter(now);
    boolean free = ledger.openRuns(now) < ledger.setup.workers();
    boolean recoveredRuns = ledger.recoveredRuns(now);
    if (ledger.closing) {
      return;
    }
    for (String key : ledger.keys) {
      KeyRow row = ledger.view.of(key).row();
      if (row == null) {
        continue;
      }
      if (row.state() == KeyState.RUNNING) {
        runs(key, row, troubled);
      } else if (free && !(recoveredRuns && BatchCheck.isRecovered(row))) {
        due(key, row, now, nextWakeUp, troubled);
      }
    }
  }

  void answered() {
    ledger.sentByPayload.forEach(
        (payload, sent) ->
            require(
                sent.answer != Sent.Answer.NONE,
                Promise.G17,
                "a submit to %s has no answer, and nobody is left to give one",
                sent.key));
  }

  private void runs(String key, KeyRow row, boolean troubled) {
    BatchRow batch = row.batch();
    Run run = batch == null ? null : ledger.run(key, batch);
    require(
        troubled || (run != null && run.isOpen()),
        Promise.G3,
        "%s is said to run, and does not: %s",
        key,
        row);
  }

  private void due(
      String key, KeyRow row, Instant now, Optional<Instant> nextWakeUp, boolean troubled) {
    Instant due = row.dueAt();
    boolean old = due != null && due.isBefore(ledger.startedAt);
    Promise orphan = old || ledger.restored.contains(key) ? Promise.G16 : Promise.G3;
    require(
        due != null && (nextWakeUp.isPresent() || (troubled && !due.isAfter(now))),
        orphan,
        "%s is due %s, and nothing is armed",
        key,
        due);
    if (troubled || due == null) {
      return;
    }
    if (due.isAfter(now)) {
      require(
          !nextWakeUp.orElseThrow().isAfter(due),
          orphan,
          "%s is due %s, and nothing is armed before %s",
          key,
          due,
          nextWakeUp.orElseThrow());
    } else {
      boolean soon = !nextWakeUp.orElseThrow().isAfter(now.plus(Ledger.RETRY));
      require(
          false,
          soon && orphan == Promise.G3 ? Promise.G7 : orphan,
          "%s was due %s, a worker is free, and it is still not claimed at %s",
          key,
          due,
          now);
    }
  }
}
