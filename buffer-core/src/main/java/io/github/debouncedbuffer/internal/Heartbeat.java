// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.internal;

import io.github.debouncedbuffer.BufferClosedException;
import io.github.debouncedbuffer.RetryPolicy;
import io.github.debouncedbuffer.spi.BufferClock;
import io.github.debouncedbuffer.spi.KeyRow;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Where nodes share a store: every third of a lease the claims of this node's runs are renewed,
 * what other nodes left is taken over, and so what is due is looked for, too, whether or not
 * anybody has told of it. A beat that fails is tried again.
 */
final class Heartbeat {

  private static final int BEATS = 3;

  private final Duration lease;
  private final CommitLane lane;
  private final Runs<?> runs;
  private final BufferClock clock;
  private final RetryPolicy retry;
  private final Reporter reporter;
  private final Consumer<KeyRow> arrived;
  private final AtomicBoolean queued = new AtomicBoolean();
  private boolean stopped;
  private BufferClock.@Nullable Cancellable next;

  Heartbeat(
      Duration lease, Dispatcher<?> dispatcher, BufferClock clock, RetryPolicy retry, Reporter to) {
    this.lease = lease;
    this.lane = dispatcher.lane();
    this.runs = dispatcher.runs();
    this.arrived = dispatcher::arrived;
    this.clock = clock;
    this.retry = retry;
    this.reporter = to;
  }

  /** Begins, and goes on until it is stopped: claims of runs that end after a close hold, too. */
  synchronized void start() {
    if (!stopped) {
      next = clock.wakeAt(clock.now().plus(lease.dividedBy(BEATS)), this::beat);
    }
  }

  synchronized void stop() {
    stopped = true;
    if (next != null) {
      next.cancel();
    }
  }

  private void beat() {
    try {
      put();
    } finally {
      start();
    }
  }

  private void put() {
    if (queued.compareAndSet(false, true)) {
      lane.putOwn(new Beat(List.copyOf(runs.inProgress())));
    }
  }

  private final class Beat extends Command {

    private final List<? extends Run<?>> renewed;

    Beat(List<? extends Run<?>> renewed) {
      this.renewed = renewed;
    }

    @Override
    List<String> keys() {
      return renewed.stream().map(run -> run.row().key()).toList();
    }

    @Override
    boolean isLast() {
      return true;
    }

    @Override
    void decide(Unit unit) {
      Instant until = unit.now.plus(lease);
      for (Run<?> run : renewed) {
        renew(unit, run, until);
      }
      unit.write(); // so that nothing of ours is found among what is taken over
      Recovery.takeOver(unit, retry, reporter);
      unit.afterCommit(() -> queued.set(false));
    }

    private void renew(Unit unit, Run<?> run, Instant until) {
      String key = run.row().key();
      Decision decision = Protocol.renewed(unit.row(key), run.token(), until);
      unit.apply(key, decision);
      KeyRow row = decision.row();
      if (decision.step() == Decision.Step.RENEWED && row != null && row.late() > 0) {
        unit.afterCommit(() -> arrived.accept(row)); // perhaps by another node
      }
      if (decision.step() == Decision.Step.STALE) {
        unit.afterCommit(
            () -> {
              if (run.state.loses()) {
                reporter.lost(run.row(), unit.now);
              }
            });
      }
    }

    @Override
    void failed(Throwable why) {
      queued.set(false);
      if (!(why instanceof BufferClosedException)) {
        clock.wakeAt(clock.now().plus(RunEnds.STORE_RETRY), Heartbeat.this::put);
      }
    }
  }
}
