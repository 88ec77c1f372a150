// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.internal;

import static java.util.Objects.requireNonNull;

import io.github.debouncedbuffer.internal.Decision.Step;
import io.github.debouncedbuffer.spi.BatchRow;
import io.github.debouncedbuffer.spi.KeyRow;
import io.github.debouncedbuffer.spi.KeyState;
import io.github.debouncedbuffer.spi.MessageRange;
import io.github.debouncedbuffer.spi.StoredMessage;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The step "due, claim": takes the batches that are due, no more of them than workers are free, and
 * at most one that was recovered from a crash.
 */
final class Claim extends Command {

  private static final Logger log = LoggerFactory.getLogger(Claim.class);

  /** A batch under its token, with the messages to hand over. */
  record Claimed(KeyRow row, Instant dueAt, List<StoredMessage> messages) {
    BatchRow batch() {
      return Draft.batchOf(row);
    }
  }

  private final Runs<?> runs;
  private final @Nullable Duration lease;
  private final BiConsumer<List<Claimed>, Boolean> handOver;
  private final BiConsumer<Throwable, List<Claimed>> retry;
  private List<Claimed> planned = List.of();

  /**
   * A claim.
   *
   * @param lease how long it holds; null if as long as the process does
   * @param handOver called after the commit with what was claimed, and whether workers were free
   *     for it
   * @param retry called if the transaction failed, with what it may have claimed
   */
  Claim(
      Runs<?> runs,
      @Nullable Duration lease,
      BiConsumer<List<Claimed>, Boolean> handOver,
      BiConsumer<Throwable, List<Claimed>> retry) {
    this.runs = runs;
    this.lease = lease;
    this.handOver = handOver;
    this.retry = retry;
  }

  @Override
  boolean isLast() {
    return true;
  }

  @Override
  void decide(Unit unit) {
    planned = List.of();
    int free = runs.free();
    if (free > 0) {
      unit.write(); // what was decided before in this group may be due, or due no longer
      planned = claim(unit, due(unit, free));
    }
    List<Claimed> claimed = planned;
    unit.afterCommit(() -> handOver.accept(claimed, free > 0));
  }

  @Override
  void failed(Throwable why) {
    retry.accept(why, planned);
  }

  private List<KeyRow> due(Unit unit, int free) {
    boolean mayRun = runs.recoveredMayRun();
    List<KeyRow> chosen = new ArrayList<>();
    for (KeyRow row : unit.transaction.lockDue(unit.now, free, mayRun)) {
      boolean recovered = row.batch() != null && row.batch().recovered();
      if (!recovered || mayRun) {
        chosen.add(KnownNames.row(row));
        mayRun = mayRun && !recovered;
      }
    }
    return chosen;
  }

  private List<Claimed> claim(Unit unit, List<KeyRow> due) {
    List<MessageRange> ranges = due.stream().map(Claim::oldest).toList();
    Map<String, List<StoredMessage>> messages = unit.transaction.read(ranges);
    long token = due.isEmpty() ? 0 : unit.transaction.nextTokens(due.size());
    Instant until = lease == null ? null : unit.now.plus(lease);
    List<Claimed> claimed = new ArrayList<>();
    for (KeyRow row : due) {
      List<StoredMessage> oldest = messages.getOrDefault(row.key(), List.of());
      Decision decision = Protocol.due(row, oldest, token++, until, unit.now);
      unit.apply(row.key(), decision);
      KeyRow after = decision.row();
      if (decision.step() == Step.CLAIMED && after != null) {
        int members = Math.min(Draft.batchOf(after).messages(), oldest.size());
        claimed.add(new Claimed(after, requireNonNull(row.dueAt()), oldest.subList(0, members)));
      } else {
        unit.afterCommit(() -> log.error("The messages of {} are gone", Mask.key(row.key())));
      }
    }
    return claimed;
  }

  private static MessageRange oldest(KeyRow row) {
    return row.state() == KeyState.WAITING
        ? MessageRange.after(row.key(), 0).limited(row.policy().maxBatch() + 1)
        : MessageRange.through(row.key(), Draft.batchOf(row).throughSequence());
  }
}
