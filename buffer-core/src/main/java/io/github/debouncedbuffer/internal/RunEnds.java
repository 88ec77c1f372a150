// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.internal;

import static java.util.Objects.requireNonNull;

import io.github.debouncedbuffer.BufferClosedException;
import io.github.debouncedbuffer.CompletionWork;
import io.github.debouncedbuffer.Message;
import io.github.debouncedbuffer.spi.BufferClock;
import io.github.debouncedbuffer.spi.KeyRow;
import io.github.debouncedbuffer.spi.StoreException;
import io.github.debouncedbuffer.spi.StoreTransaction;
import io.github.debouncedbuffer.spi.StoredMessage;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings the end of a run into the store, however often it takes: on the commit lane, or, if the
 * handler has given work for it, in a transaction of its own.
 */
final class RunEnds<P> implements Run.Ends<P> {

  /** After a failed transaction, and for a claim that the executor did not take. */
  static final Duration STORE_RETRY = Duration.ofMillis(500);

  private static final Logger log = LoggerFactory.getLogger(RunEnds.class);

  private final Settings<P> settings;
  private final BufferClock clock;
  private final Executor executor;
  private final Committer committer;
  private final CommitLane lane;
  private final Runs<P> runs;
  private final Reporter reporter;
  private final HandOver<P> handOver;
  private final Runnable runEnded;

  /** {@code runEnded}: a run's end is committed. */
  RunEnds(
      Settings<P> settings,
      BufferClock clock,
      Executor executor,
      Committer committer,
      CommitLane lane,
      Runs<P> runs,
      Reporter reporter,
      HandOver<P> handOver,
      Runnable runEnded) {
    this.settings = settings;
    this.clock = clock;
    this.executor = executor;
    this.committer = committer;
    this.lane = lane;
    this.runs = runs;
    this.reporter = reporter;
    this.handOver = handOver;
    this.runEnded = runEnded;
  }

  @Override
  public void unreadable(Run<P> run, List<StoredMessage> unreadable, List<Message<P>> rest) {
    run.state.cancelTimeout();
    lane.putOwn(
        new SetApart(
            run.row(),
            unreadable,
            rest,
            decision -> setApart(run, unreadable.size(), rest, decision),
            this::later));
  }

  private void setApart(Run<P> run, int buried, List<Message<P>> rest, Decision decision) {
    if (decision.step() == Decision.Step.SET_APART) {
      reporter.setApart(run.row(), buried, decision, clock.now());
    }
    KeyRow row = decision.row();
    boolean goesOn =
        decision.step() == Decision.Step.SET_APART || decision.step() == Decision.Step.UNCHANGED;
    if (rest.isEmpty() || row == null || !goesOn) {
      run.state.end();
      ended(run);
    } else {
      run.goesOnAs(row);
      handOver.execute(run, () -> run.handle(reporter.batchId(run.batch().id()), rest));
    }
  }

  @Override
  public void ended(Run<P> run, Outcome outcome) {
    if (!run.state.end()) {
      return;
    }
    CompletionWork<StoreTransaction> work = run.completionWork();
    if (work != null && outcome.kind() == Outcome.Kind.RETURNED) {
      completeWith(run, work);
    } else {
      lane.putOwn(endOf(run, outcome));
    }
  }

  private EndRun endOf(Run<P> run, Outcome outcome) {
    return new EndRun(
        run.row(),
        outcome,
        run.acknowledged(),
        settings,
        end -> {
          reporter.ended(end);
          ended(run);
        },
        this::later);
  }

  private void ended(Run<P> run) {
    runs.end(run);
    runEnded.run();
  }

  private void completeWith(Run<P> run, CompletionWork<StoreTransaction> work) {
    try {
      executor.execute(() -> complete(run, work));
    } catch (Throwable rejected) {
      lane.putOwn(endOf(run, Outcome.rejected(rejected, STORE_RETRY)));
    }
  }

  /** What is committed becomes known on the lane, as the ends of other runs do. */
  private void complete(Run<P> run, CompletionWork<StoreTransaction> work) {
    EndRun end = endOf(run, Outcome.RETURNED);
    try {
      List<Runnable> effects = committer.commitWith(end, work);
      lane.putOwn(new Passing(() -> effects.forEach(Runnable::run)));
    } catch (Committer.WorkFailed failed) {
      lane.putOwn(endOf(run, Outcome.failed(requireNonNull(failed.getCause()))));
    } catch (StoreException why) {
      completeLater(run, work, why);
    } catch (Throwable why) {
      lane.putOwn(endOf(run, Outcome.failed(why)));
    }
  }

  private void completeLater(
      Run<P> run, CompletionWork<StoreTransaction> work, StoreException why) {
    reporter.storeFailed(why, clock.now());
    if (why.reason().isRetryable()) {
      clock.wakeAt(clock.now().plus(STORE_RETRY), () -> completeWith(run, work));
    } else {
      lane.putOwn(
          endOf(run, Outcome.released(why))); // fails in the same way, and closes the buffer
    }
  }

  /** It is not known whether this was claimed; if so, it runs nowhere. */
  void giveBack(Claim.Claimed claimed, Throwable why, Runnable then) {
    Consumer<EndRun.Ended> done =
        end -> {
          runs.unresolved(-1);
          runEnded.run();
          if (end.decision().changes()) {
            reporter.ended(end);
          }
          then.run();
        };
    later(new EndRun(claimed.row(), Outcome.released(why), null, settings, done, this::later), why);
  }

  /** What the buffer itself has to write is tried until it is written, or the buffer is closed. */
  private void later(Command command, Throwable why) {
    if (why instanceof BufferClosedException) {
      log.warn("The end of a run came after the close: its batch is taken over at the next start");
    } else {
      clock.wakeAt(clock.now().plus(STORE_RETRY), () -> lane.putOwn(command));
    }
  }
}
