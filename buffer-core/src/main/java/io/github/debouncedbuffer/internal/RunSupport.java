// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.internal;

import io.github.debouncedbuffer.BatchInfo;
import io.github.debouncedbuffer.OnLate;
import io.github.debouncedbuffer.spi.BufferClock;
import io.github.debouncedbuffer.spi.BufferStore;
import io.github.debouncedbuffer.spi.KeyRow;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What all runs share, beside their ends: whom they ask, and the rules that they ask about. */
final class RunSupport {

  private static final Logger log = LoggerFactory.getLogger(RunSupport.class);

  final Reporter reporter;
  private final CommitLane lane;
  private final BufferClock clock;
  private final BufferStore store;
  private final OnLate onLate;
  private final Consumer<? super BatchInfo> onBatchStart;

  RunSupport(CommitLane lane, BufferClock clock, Reporter reporter, Settings<?> settings) {
    this.lane = lane;
    this.clock = clock;
    this.reporter = reporter;
    this.store = settings.store();
    this.onLate = settings.onLate();
    this.onBatchStart = settings.onBatchStart();
  }

  /** It writes little or nothing, so that a full disk is no reason to refuse it with submits. */
  private static final class Asked<R> extends Question<R> {
    Asked(String key, Function<Unit, Supplier<R>> step) {
      super(List.of(key), step);
    }

    @Override
    boolean isOwn() {
      return true;
    }
  }

  /** Decides about a key in a transaction and waits for the outcome, interrupted or not. */
  <R> R ask(String key, Function<Unit, Supplier<R>> step) {
    Question<R> question = new Asked<>(key, step);
    lane.putOwn(question);
    return question.outcome(clock);
  }

  OnLate onLate() {
    return onLate;
  }

  boolean maySupersede(KeyRow row) {
    return Protocol.maySupersede(row, onLate.maxSupersedes());
  }

  void requireOffered(Class<?> type) {
    if (!store.offers(type)) {
      throw new IllegalArgumentException("the store offers no " + type.getName());
    }
  }

  Instant now() {
    return clock.now();
  }

  /** Whether so much time has passed that what was asked then says little about now. */
  boolean isMuchOfALeaseSince(Instant then) {
    Duration passed = Duration.between(then, clock.now());
    return store.lease().filter(lease -> passed.compareTo(lease.dividedBy(2)) > 0).isPresent();
  }

  /** The claim holds for a whole lease from now on, if it ends at all. */
  void renew(Unit unit, KeyRow row) {
    store
        .lease()
        .map(unit.now::plus)
        .ifPresent(
            until ->
                unit.apply(row.key(), Protocol.renewed(row, Draft.batchOf(row).token(), until)));
  }

  /**
   * A batch is handed over for the first time. The hook is the user's code: it can fail nothing.
   */
  void begins(BatchInfo batch) {
    try {
      onBatchStart.accept(batch);
    } catch (Throwable thrown) {
      log.warn(
          "The batch-start hook threw {} for batch {}; the batch is handled all the same",
          thrown.getClass().getName(),
          batch.id());
    }
  }
}
