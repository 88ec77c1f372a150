// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.internal;

import io.github.debouncedbuffer.DeadLetter;
import io.github.debouncedbuffer.RetryPolicy;
import io.github.debouncedbuffer.spi.BatchRow;
import io.github.debouncedbuffer.spi.DeadLetterRow;
import io.github.debouncedbuffer.spi.KeyRow;
import java.time.Instant;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The steps "complete, follow up, back off, dead-letter": the end of a run, acknowledged and
 * checked for late messages in one transaction.
 */
final class EndRun extends RunCommand {

  /** What became of it. */
  record Ended(KeyRow claimed, Outcome outcome, Decision decision, Instant at) {}

  private final Outcome outcome;
  private final RetryPolicy retry;
  private final Consumer<Ended> done;

  /**
   * The end of a run.
   *
   * @param claimed the row under which it ran
   * @param done called after the commit
   * @param again called if the transaction failed; the handler is never called again for that
   */
  EndRun(
      KeyRow claimed,
      Outcome outcome,
      RetryPolicy retry,
      Consumer<Ended> done,
      BiConsumer<Command, Throwable> again) {
    super(claimed, again);
    this.outcome = outcome;
    this.retry = retry;
    this.done = done;
  }

  @Override
  void decide(Unit unit) {
    KeyRow row = unit.row(claimed.key());
    Decision decision = decide(row, unit.now);
    bury(unit, row, decision, outcome.error());
    unit.apply(claimed.key(), decision);
    unit.afterCommit(() -> done.accept(new Ended(claimed, outcome, decision, unit.now)));
  }

  private Decision decide(@Nullable KeyRow row, Instant now) {
    long token = Draft.batchOf(claimed).token();
    return switch (outcome.kind()) {
      case RETURNED -> Protocol.returned(row, token, now);
      case FAILED -> Protocol.failed(row, token, false, retry, now);
      case RELEASED -> Protocol.released(row, token, outcome.delay(), now);
    };
  }

  /** Moves the members of a batch that has used up its attempts to a dead letter of the same id. */
  static void bury(Unit unit, @Nullable KeyRow row, Decision decision, String error) {
    if (row == null || decision.ended() == null || decision.step() != Decision.Step.DEAD_LETTERED) {
      return;
    }
    BatchRow b = Draft.batchOf(row);
    unit.transaction.bury(
        new DeadLetterRow(
            b.id(),
            row.key(),
            DeadLetter.Reason.ATTEMPTS_USED_UP.name(),
            error,
            b.attempt(),
            row.startedAt(),
            unit.now),
        decision.ended());
  }
}
