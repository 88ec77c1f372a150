// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.internal;

import static java.util.Objects.requireNonNull;

import io.github.debouncedbuffer.DeadLetter;
import io.github.debouncedbuffer.RetryPolicy;
import io.github.debouncedbuffer.spi.BatchRow;
import io.github.debouncedbuffer.spi.DeadLetterRow;
import io.github.debouncedbuffer.spi.KeyRow;
import io.github.debouncedbuffer.spi.MessageRange;
import io.github.debouncedbuffer.spi.StoredMessage;
import java.time.Instant;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The steps "complete, follow up, back off, dead-letter": the end of a run, acknowledged and
 * checked for late messages in one transaction.
 */
final class EndRun extends RunCommand {

  /**
   * What became of it.
   *
   * @param rest the row under which it ended: without what was handled before, if that was a part
   * @param handled how many of the first members were handled, if not all or none were
   */
  record Ended(
      KeyRow claimed, KeyRow rest, Outcome outcome, Decision decision, int handled, Instant at) {}

  private final Outcome outcome;
  private final RetryPolicy retry;
  private final int maxSupersedes;
  private final Run.@Nullable Acknowledged acknowledged;
  private final Consumer<Ended> done;

  /**
   * The end of a run.
   *
   * @param claimed the row under which it ran
   * @param acknowledged what its handler said is handled; null if it said nothing
   * @param done called after the commit
   * @param again called if the transaction failed; the handler is never called again for that
   */
  EndRun(
      KeyRow claimed,
      Outcome outcome,
      Run.@Nullable Acknowledged acknowledged,
      Settings<?> settings,
      Consumer<Ended> done,
      BiConsumer<Command, Throwable> again) {
    super(claimed, again);
    this.outcome = outcome;
    this.acknowledged = acknowledged;
    this.retry = settings.retry();
    this.maxSupersedes = settings.onLate().maxSupersedes();
    this.done = done;
  }

  @Override
  void decide(Unit unit) {
    KeyRow row = unit.row(claimed.key());
    Run.Acknowledged handled = row == null ? null : handled(row);
    if (row == null || handled == null) {
      end(unit, row, decided(row, unit.now), 0);
    } else if (handled.messages() >= Draft.batchOf(row).messages()) {
      end(unit, row, Protocol.returned(row, token(), unit.now), 0);
    } else {
      KeyRow rest = acknowledge(unit, row, handled);
      end(unit, rest, decidedOfRest(rest, unit.now), handled.messages());
    }
  }

  private void end(Unit unit, @Nullable KeyRow row, Decision decision, int handled) {
    bury(unit, row, decision, outcome.error());
    unit.apply(claimed.key(), decision);
    KeyRow rest = row == null || handled == 0 ? claimed : row;
    unit.afterCommit(
        () -> done.accept(new Ended(claimed, rest, outcome, decision, handled, unit.now)));
  }

  /** Whether it is still this very batch that runs, with something in it. */
  boolean isCurrent(Unit unit) {
    KeyRow row = unit.row(claimed.key());
    return row != null && Protocol.isCurrent(row, token(), Draft.batchOf(claimed).id());
  }

  private long token() {
    return Draft.batchOf(claimed).token();
  }

  private Decision decided(@Nullable KeyRow row, Instant now) {
    return switch (outcome.kind()) {
      case RETURNED -> Protocol.returned(row, token(), now);
      case SUPERSEDED -> Protocol.superseded(row, token(), maxSupersedes, retry, now);
      case FAILED -> Protocol.failed(row, token(), false, retry, now);
      case RELEASED -> Protocol.released(row, token(), outcome.delay(), now);
    };
  }

  /** The rest of what returned is as if it had not run; so it is due at once. */
  private Decision decidedOfRest(KeyRow rest, Instant now) {
    return outcome.kind() == Outcome.Kind.RETURNED
        ? MemberProtocol.rest(rest, token(), now)
        : decided(rest, now);
  }

  /**
   * What is handled, if that is not decided by how the run ended. A handler that returned has
   * handled what it was given, and not what has joined by a commit of which it was not told.
   */
  private Run.@Nullable Acknowledged handled(KeyRow row) {
    BatchRow seen = Draft.batchOf(claimed);
    if (!Protocol.runs(row, seen.token()) || Draft.batchOf(row).messages() == 0) {
      return null;
    }
    boolean hasGrown = Draft.batchOf(row).throughSequence() > seen.throughSequence();
    boolean returned = outcome.kind() == Outcome.Kind.RETURNED;
    return acknowledged == null && returned && hasGrown
        ? new Run.Acknowledged(seen.messages(), seen.throughSequence())
        : acknowledged;
  }

  /** Written at once: what is buried afterwards is the rest alone. */
  private static KeyRow acknowledge(Unit unit, KeyRow row, Run.Acknowledged handled) {
    BatchRow b = Draft.batchOf(row);
    long last = handled.throughSequence();
    MessageRange behind = new MessageRange(row.key(), last, b.throughSequence(), 1);
    List<StoredMessage> next =
        unit.transaction.read(List.of(behind)).getOrDefault(row.key(), List.of());
    Instant openedAt = next.isEmpty() ? b.openedAt() : next.get(0).arrivedAt();
    Decision decision =
        MemberProtocol.acknowledge(
            row, handled.messages(), last, openedAt, unit.transaction.nextTokens(1));
    unit.apply(row.key(), decision);
    unit.write();
    return requireNonNull(decision.row());
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
