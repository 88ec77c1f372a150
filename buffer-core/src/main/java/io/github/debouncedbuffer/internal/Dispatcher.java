// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.internal;

import io.github.debouncedbuffer.spi.BufferClock;
import io.github.debouncedbuffer.spi.KeyRow;
import io.github.debouncedbuffer.spi.KeyState;
import io.github.debouncedbuffer.spi.StoreException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The loop from a due time to the end of a run: due, claim, hand over, end. It sees to it that
 * something is armed for the earliest due time whenever a worker is free (G3).
 */
final class Dispatcher<P> implements Committer.Follower, HandOver.Follower<P> {

  private static final Duration STORE_RETRY = RunEnds.STORE_RETRY;

  /** After a wake-up that was consumed without a claim. */
  private static final Duration SKIPPED_RETRY = Duration.ofMillis(100);

  private final Settings<P> settings;
  private final BufferClock clock;
  private final Reporter reporter;
  private final Runs<P> runs;
  private final CommitLane lane;
  private final RunSupport support;
  private final WakeUp wakeUp;
  private final HandOver<P> handOver;
  private final Consumer<StoreException> broken;
  private final RunEnds<P> ends;
  private final AtomicBoolean claimQueued = new AtomicBoolean();
  private final @Nullable Duration lease;
  private boolean skipped; // used by the commit lane alone
  private volatile Duration ahead = Duration.ZERO;

  /** {@code broken}: the store failed for good. {@code runEnded}: a run's end is committed. */
  Dispatcher(
      Settings<P> settings,
      BufferClock clock,
      Executor executor,
      Executor commitExecutor,
      Reporter reporter,
      Consumer<StoreException> broken,
      Runnable runEnded) {
    this.settings = settings;
    this.lease = settings.store().lease().orElse(null);
    this.clock = clock;
    this.reporter = reporter;
    this.broken = broken;
    this.handOver = new HandOver<>(clock, executor, settings.handlerTimeout(), STORE_RETRY, this);
    this.runs = new Runs<>(settings.workers());
    this.wakeUp = new WakeUp(clock, this::claim);
    Committer committer =
        new Committer(settings.store(), clock, settings.idRetention(), runs, this);
    this.lane = new CommitLane(commitExecutor, settings.limits().queuedSubmits(), committer);
    this.support = new RunSupport(lane, clock, reporter, settings);
    this.ends =
        new RunEnds<>(
            settings, clock, executor, committer, lane, runs, reporter, handOver, runEnded);
  }

  /** A message was committed; if its key runs, that run may be superseded. On the lane. */
  void arrived(KeyRow row) {
    if (row.state() == KeyState.RUNNING && support.maySupersede(row)) {
      Run<P> run = runs.of(Draft.batchOf(row).token());
      if (run != null) {
        handOver.supersede(run, support.onLate().interrupts());
      }
    }
  }

  CommitLane lane() {
    return lane;
  }

  Runs<P> runs() {
    return runs;
  }

  /** Claims what is due: puts a claim, if none is queued yet. */
  void claim() {
    if (!runs.isStopped() && claimQueued.compareAndSet(false, true)) {
      lane.putOwn(new Claim(runs, lease, this::claimed, this::claimFailed));
    }
  }

  void stop() {
    runs.stop();
    wakeUp.disarm();
  }

  /** Another node has committed an earlier due time; the store's clock counts. */
  void sooner(Instant dueAt) {
    if (!runs.isStopped()) {
      wakeUp.arm(dueAt.minus(ahead));
    }
  }

  @Override
  public void committed(Optional<Instant> nextDue, boolean recoveredToo, Unit unit) {
    ahead = unit.ahead;
    if (!recoveredToo && runs.recoveredMayRun()) {
      claim(); // the next recovered batch may run, and this transaction did not look for it
    }
    if (runs.free() == 0) {
      wakeUp.disarm(); // the end of a run comes by here again
    } else if (nextDue.isEmpty()) {
      disarmUnlessToldMeanwhile();
    } else if (nextDue.get().isAfter(unit.now)) {
      wakeUp.arm(nextDue.get().minus(ahead));
    } else if (skipped) {
      wakeUp.arm(clock.now().plus(SKIPPED_RETRY));
    } else {
      claim();
    }
    skipped = false;
  }

  /** Another node's word may have come while this transaction ran, which did not see it. */
  private void disarmUnlessToldMeanwhile() {
    if (lease == null) {
      wakeUp.disarm();
    }
  }

  @Override
  public void failed(StoreException why) {
    reporter.storeFailed(why, clock.now());
    if (why.reason().isRetryable()) {
      wakeUp.arm(clock.now().plus(STORE_RETRY)); // an unknown outcome may have made something due
    } else {
      broken.accept(why);
    }
  }

  private void claimFailed(Throwable why, List<Claim.Claimed> planned) {
    claimQueued.set(false);
    boolean unknown =
        why instanceof StoreException failure
            && failure.reason() == StoreException.Reason.OUTCOME_UNKNOWN;
    if (unknown && !planned.isEmpty()) {
      // What may have been claimed runs nowhere. It is given back before anything else is claimed,
      // for until then its tokens may come again.
      runs.unresolved(planned.size());
      planned.forEach(claimed -> ends.giveBack(claimed, why, this::claim));
    }
    wakeUp.arm(clock.now().plus(STORE_RETRY));
  }

  private void claimed(List<Claim.Claimed> claims, boolean free) {
    claimQueued.set(false);
    skipped = free && claims.isEmpty(); // what is due is held by somebody else
    for (Claim.Claimed claim : claims) {
      Run<P> run = new Run<>(claim, settings, ends, support);
      runs.begin(run);
      reporter.claimed(claim, claim.batch().since());
      String batchId = reporter.batchId(claim.batch().id());
      if (runs.isStopped()) {
        handOver.giveBack(run);
      } else {
        handOver.execute(run, () -> run.decode(batchId));
      }
    }
  }

  @Override
  public void timedOut(Run<P> run) {
    reporter.timedOut(run.row(), settings.handlerTimeout(), clock.now());
    claim();
  }

  /** Tells every run that the buffer closes. */
  void interruptRuns() {
    runs.inProgress().forEach(handOver::close);
  }

  @Override
  public void ended(Run<P> run, Outcome outcome) {
    ends.ended(run, outcome);
  }
}
