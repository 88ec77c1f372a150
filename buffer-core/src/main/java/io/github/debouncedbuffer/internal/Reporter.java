// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.internal;

import io.github.debouncedbuffer.BatchInfo;
import io.github.debouncedbuffer.BufferStats;
import io.github.debouncedbuffer.DeadLetter;
import io.github.debouncedbuffer.Receipt;
import io.github.debouncedbuffer.spi.BatchRow;
import io.github.debouncedbuffer.spi.KeyRow;
import io.github.debouncedbuffer.spi.KeyState;
import io.github.debouncedbuffer.spi.StoreException;
import io.github.debouncedbuffer.spi.StoreStats;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Counts, logs and tells the listener what was committed, one method per step in the order of the
 * flow. Called after the commit only.
 */
final class Reporter {

  private final String storeId;
  private final Events events;
  private final StepLog log = new StepLog();
  private final LongAdder accepted = new LongAdder();
  private final LongAdder duplicates = new LongAdder();
  private final LongAdder late = new LongAdder();
  private final LongAdder claimed = new LongAdder();
  private final LongAdder completed = new LongAdder();
  private final LongAdder superseded = new LongAdder();
  private final LongAdder failed = new LongAdder();
  private final LongAdder timedOut = new LongAdder();
  private final LongAdder deadLettered = new LongAdder();
  private final LongAdder storeFailures = new LongAdder();

  Reporter(String storeId, Events events) {
    this.storeId = storeId;
    this.events = events;
  }

  String batchId(long id) {
    return storeId + "-" + id;
  }

  private BatchInfo info(KeyRow row, BatchRow b) {
    return new BatchInfo(
        batchId(b.id()), row.key(), b.messages(), b.attempt(), row.startedAt(), b.openedAt());
  }

  private BatchInfo info(KeyRow row) {
    return info(row, Draft.batchOf(row));
  }

  void recovered(KeyRow before, Decision decision, Instant at) {
    if (before.state() == KeyState.RUNNING) {
      BatchInfo batch = info(before);
      log.recovered(batch, decision);
      events.tell(l -> l.recovered(batch, at));
      ended(batch, new ProcessDied(), decision, at);
    }
  }

  void submitted(String key, Receipt receipt, Instant at) {
    (receipt.isDuplicate() ? duplicates : accepted).increment();
    if (receipt.late()) {
      late.increment();
    }
    events.tell(l -> l.submitted(key, receipt, at));
  }

  /** An open window's due time was decided, perhaps to be what it was. */
  void windowed(@Nullable KeyRow before, @Nullable KeyRow after, Instant at) {
    if (after == null || after.state() != KeyState.WAITING) {
      return;
    }
    Instant dueAt = Objects.requireNonNull(after.dueAt());
    if (before == null) {
      events.tell(l -> l.opened(after.key(), dueAt, at));
    } else if (!dueAt.equals(before.dueAt())) {
      events.tell(l -> l.extended(after.key(), dueAt, at));
    }
  }

  void claimed(Claim.Claimed claim, Instant at) {
    claimed.increment();
    BatchInfo batch = info(claim.row());
    log.claimed(batch, claim.dueAt(), at);
    events.tell(l -> l.claimed(batch, claim.dueAt(), at));
  }

  void timedOut(KeyRow row, Duration after, Instant at) {
    timedOut.increment();
    BatchInfo batch = info(row);
    log.timedOut(batch, after);
    events.tell(l -> l.timedOut(batch, at));
  }

  void lost(KeyRow row, Instant at) {
    BatchInfo batch = info(row);
    log.lost(batch);
    events.tell(l -> l.lost(batch, at));
  }

  void absorbed(KeyRow row, int messages, Instant at) {
    BatchInfo batch = info(row);
    log.absorbed(batch, messages);
    events.tell(l -> l.absorbed(batch, messages, at));
  }

  void setApart(KeyRow row, int messages, Decision decision, Instant at) {
    deadLettered.add(messages);
    BatchInfo batch = info(row);
    log.setApart(batch, messages);
    events.tell(l -> l.deadLettered(batch, DeadLetter.Reason.UNREADABLE, at));
    followedUp(batch, decision.row(), at);
  }

  void ended(EndRun.Ended end) {
    BatchInfo batch = info(end.claimed());
    Throwable cause = end.outcome().cause();
    Decision decision = end.decision();
    if (decision.step() == Decision.Step.STALE) {
      log.stale(batch);
      return;
    }
    if (end.handled() > 0) {
      log.completedInPart(batch, end.handled());
      events.tell(l -> l.completedInPart(batch, end.handled(), end.at()));
    }
    BatchInfo rest = info(end.rest());
    switch (decision.step()) {
      case COMPLETED -> {
        completed.increment();
        Duration took = Duration.between(Draft.batchOf(end.claimed()).since(), end.at());
        events.tell(l -> l.completed(batch, took, end.at()));
        followedUp(batch, decision.row(), end.at());
      }
      case SUPERSEDED -> superseded(rest, Objects.requireNonNull(decision.row()), end.at());
      case RELEASED -> ended(rest, cause, decision, end.at());
      default -> {
        failed.increment();
        ended(rest, cause, decision, end.at());
      }
    }
  }

  private void superseded(BatchInfo batch, KeyRow row, Instant at) {
    superseded.increment();
    Instant dueAt = Objects.requireNonNull(row.dueAt());
    log.superseded(batch, row.pending(), dueAt);
    events.tell(l -> l.superseded(batch, dueAt, at));
  }

  /** {@code cause}: null if the handler returned with a part, and the rest is as if released. */
  private void ended(BatchInfo batch, @Nullable Throwable cause, Decision decision, Instant at) {
    KeyRow row = decision.row();
    if (cause == null) {
      return;
    }
    if (decision.step() == Decision.Step.VANISHED) {
      followedUp(batch, row, at); // it was erased while it ran
    } else if (decision.step() == Decision.Step.DEAD_LETTERED) {
      deadLettered.increment();
      log.deadLettered(batch, cause);
      events.tell(l -> l.deadLettered(batch, DeadLetter.Reason.ATTEMPTS_USED_UP, at));
      followedUp(batch, row, at);
    } else if (row != null && row.dueAt() != null) {
      Instant dueAt = row.dueAt();
      if (decision.step() == Decision.Step.RELEASED) {
        log.released(batch, cause, dueAt);
      } else {
        log.backedOff(batch, cause, dueAt);
      }
      events.tell(l -> l.backedOff(batch, cause, dueAt, at));
    }
  }

  /** The check on completion: the two log lines by which operators watch it. */
  private void followedUp(BatchInfo batch, @Nullable KeyRow row, Instant at) {
    if (row == null) {
      log.noLate(batch);
    } else if (row.state() == KeyState.WAITING) {
      Instant dueAt = Objects.requireNonNull(row.dueAt());
      int messages = row.late();
      log.late(batch, messages, dueAt, at);
      events.tell(l -> l.followedUp(row.key(), messages, row.startedAt(), dueAt, at));
    }
  }

  void discarded(String key, int messages, Instant at) {
    log.discarded(key, messages);
    events.tell(l -> l.discarded(key, messages, at));
  }

  void withdrawn(String key, Instant at) {
    log.withdrawn(key);
    events.tell(l -> l.withdrawn(key, at));
  }

  void erased(String key, int messages, Instant at) {
    log.erased(key, messages);
    events.tell(l -> l.erased(key, messages, at));
  }

  void storeFailed(StoreException why, Instant at) {
    storeFailures.increment();
    log.storeFailed(why);
    events.tell(l -> l.storeFailed(why, at));
  }

  void closed(int survivors, Instant at) {
    log.closed(survivors);
    events.tell(l -> l.closed(survivors, at));
  }

  BufferStats stats(StoreStats store, int runs, int queued, Instant now) {
    return new BufferStats(
        Optional.ofNullable(store.oldestPendingAt()).map(oldest -> Duration.between(oldest, now)),
        store,
        accepted.sum(),
        duplicates.sum(),
        late.sum(),
        claimed.sum(),
        completed.sum(),
        superseded.sum(),
        failed.sum(),
        timedOut.sum(),
        deadLettered.sum(),
        storeFailures.sum(),
        events.dropped(),
        runs,
        queued);
  }
}
