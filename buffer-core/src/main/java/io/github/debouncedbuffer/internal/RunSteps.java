// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.internal;

import static java.util.Objects.requireNonNull;

import io.github.debouncedbuffer.Message;
import io.github.debouncedbuffer.StaleBatchException;
import io.github.debouncedbuffer.SupersededException;
import io.github.debouncedbuffer.spi.BatchRow;
import io.github.debouncedbuffer.spi.KeyRow;
import io.github.debouncedbuffer.spi.MessageRange;
import io.github.debouncedbuffer.spi.StoredMessage;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** What a handler asks about its own batch: each decides in a unit, answers after its commit. */
final class RunSteps {

  private RunSteps() {}

  static Supplier<Boolean> hasNewer(Unit unit, KeyRow claimed) {
    KeyRow row = unit.row(claimed.key());
    long token = Draft.batchOf(claimed).token();
    boolean newer = row != null && Protocol.runs(row, token) && row.late() > 0;
    return () -> newer;
  }

  /** The late messages that the batch has room for. */
  static Supplier<List<StoredMessage>> late(Unit unit, Run<?> run, KeyRow claimed) {
    return ofJoinable(
        unit,
        run,
        claimed,
        row -> {
          List<StoredMessage> late = read(unit, row);
          return () -> late.subList(0, Math.min(late.size(), room(row)));
        });
  }

  private static int room(KeyRow row) {
    return Math.max(0, row.policy().maxBatch() - Draft.batchOf(row).messages());
  }

  /** The late messages that the batch has room for, and one more. */
  private static List<StoredMessage> read(Unit unit, KeyRow row) {
    if (room(row) == 0 || row.window() == null) {
      return List.of();
    }
    unit.write(); // a message submitted in this very group is late, too
    long last = Draft.batchOf(row).throughSequence();
    MessageRange behind = MessageRange.after(row.key(), last).limited(room(row) + 1);
    return unit.transaction.read(List.of(behind)).getOrDefault(row.key(), List.of());
  }

  /** Late messages join; the answer is empty if the first of them is not there any more. */
  static <P> Supplier<Optional<KeyRow>> absorb(
      Unit unit, Run<P> run, KeyRow claimed, List<Message<P>> decoded) {
    return ofJoinable(unit, run, claimed, row -> join(unit, run, row, decoded));
  }

  private static <P> Supplier<Optional<KeyRow>> join(
      Unit unit, Run<P> run, KeyRow row, List<Message<P>> decoded) {
    List<StoredMessage> late = read(unit, row);
    int joined = 0;
    int most = Math.min(room(row), Math.min(late.size(), decoded.size()));
    while (joined < most && late.get(joined).sequence() == decoded.get(joined).sequence()) {
      joined++;
    }
    if (joined == 0) {
      return Optional::empty;
    }
    Decision decision =
        MemberProtocol.absorb(
            row,
            late.subList(0, joined),
            joined < late.size() ? late.get(joined) : null,
            unit.transaction.nextTokens(1),
            unit.now);
    unit.apply(row.key(), decision);
    KeyRow grown = requireNonNull(decision.row());
    int messages = joined;
    unit.afterCommit(
        () -> {
          run.goesOnAs(grown);
          run.support().reporter.absorbed(grown, messages, unit.now);
        });
    return () -> Optional.of(grown);
  }

  /** Passes, and settles the run, if nothing is known that speaks against a reply. */
  static Supplier<Boolean> ensureCurrent(Unit unit, Run<?> run, KeyRow claimed) {
    return ofCurrent(unit, claimed, row -> settle(unit, run, row));
  }

  private static Supplier<Boolean> settle(Unit unit, Run<?> run, KeyRow row) {
    if (!run.state.isSettledIn(unit) && row.late() > 0 && run.support().maySupersede(row)) {
      return () -> {
        throw new SupersededException(
            "late messages have come; let this exception pass, and they are handled together");
      };
    }
    run.support().renew(unit, row);
    run.state.settlesIn(unit);
    unit.afterCommit(run.state::settle);
    return () -> true;
  }

  /** For a current batch whose reply was not cleared. */
  private static <R> Supplier<R> ofJoinable(
      Unit unit, Run<?> run, KeyRow claimed, Function<KeyRow, Supplier<R>> step) {
    return ofCurrent(
        unit,
        claimed,
        row ->
            run.state.isSettledIn(unit)
                ? () -> {
                  throw settled();
                }
                : step.apply(row));
  }

  /** Decides with the row, if this very batch runs under its token. */
  private static <R> Supplier<R> ofCurrent(
      Unit unit, KeyRow claimed, Function<KeyRow, Supplier<R>> step) {
    KeyRow row = unit.row(claimed.key());
    BatchRow batch = Draft.batchOf(claimed);
    if (row != null && Protocol.isCurrent(row, batch.token(), batch.id())) {
      return step.apply(row);
    }
    return () -> {
      throw stale();
    };
  }

  private static IllegalStateException settled() {
    return new IllegalStateException(
        "ensureCurrent has passed, so nothing joins this batch; the follow-up has what is late");
  }

  private static StaleBatchException stale() {
    return new StaleBatchException(
        "this is not the batch that runs for its key: it has ended, was erased, or has grown since;"
            + " no reply to it should go out");
  }
}
