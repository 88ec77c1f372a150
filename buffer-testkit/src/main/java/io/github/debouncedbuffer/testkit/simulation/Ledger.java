// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.testkit.simulation;

import io.github.debouncedbuffer.spi.BatchRow;
import io.github.debouncedbuffer.spi.StoreStats;
import io.github.debouncedbuffer.testkit.checking.View;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** All that the checks know: what was asked, what is stored, what ran, and what is going on now. */
final class Ledger {

  /** How long the engine may take to try again what was made to fail. */
  static final Duration RETRY = Duration.ofSeconds(2);

  final Setup setup;
  final List<String> keys = new ArrayList<>();
  final Map<String, Sent> sentByPayload = new HashMap<>();
  final Map<Long, Sent.Kept> keptBySequence = new HashMap<>();
  final Map<String, Sent.Kept> keptById = new HashMap<>();
  final Map<String, List<Sent.Kept>> membersByBatch = new HashMap<>();
  final Set<Long> tokens = new HashSet<>();
  final Set<Long> batches = new HashSet<>();
  final Coverage coverage = new Coverage();
  long lastSequence;

  /** The latest time that any process has seen: what was over then may be forgotten. */
  Instant latest = Instant.MIN;

  /** When a discard was last part of a commit: what came in that very commit was never seen. */
  final Map<String, Instant> discardedAt = new HashMap<>();

  /** What the last commit left. */
  View view;

  /** When an erasure was last part of a commit, likewise. */
  final Map<String, Instant> erasedAt = new HashMap<>();

  /** From when each key's open (or late) window counts. */
  final Map<String, Instant> base = new HashMap<>();

  /** The newest arrival of a key, when it may have been that of a withdrawn message. */
  final Map<String, Instant> withdrawnArrival = new HashMap<>();

  /** Keys whose due time is the one that the last process left. */
  final Set<String> restored = new HashSet<>();

  /** Runs of this process whose end is not committed, by key. */
  final Map<String, Run> runs = new HashMap<>();

  /** Of which keys the end of a run, or a claim, may be written a second time, and since when. */
  final Map<String, Instant> stale = new HashMap<>();

  /** The outcome of the transaction that is just being committed will not be known. */
  boolean unknown;

  /** When something last went wrong on purpose: what is retried may take its time. */
  Instant troubleAt = Instant.MIN;

  boolean recovering;

  /** When this process began. */
  Instant startedAt = Instant.MIN;

  boolean closing;

  /** By how many seconds new windows wait longer. */
  int more;

  /** What a caller is asking just now. */
  @Nullable String flushing;

  @Nullable String extending;
  Instant extendingUntil = Instant.MIN;
  @Nullable String discarding;
  @Nullable String erasing;
  @Nullable String absorbing;

  /** As {@link #idOf} has it. */
  @Nullable String withdrawing;

  long removing;
  long redriving;

  Ledger(Setup setup) {
    this.setup = setup;
    for (int i = 0; i < setup.keys(); i++) {
      keys.add("key:" + i);
    }
    this.view = View.empty(keys);
  }

  Duration retention() {
    return Duration.ofSeconds(setup.retention());
  }

  /** Another process has begun: what the last one ran has died, unless its end is committed. */
  void restarted(Instant at) {
    startedAt = at;
    runs.values().forEach(run -> run.state = Run.State.DIED);
    runs.clear();
    for (Sent sent : sentByPayload.values()) {
      sent.answer = sent.answer == Sent.Answer.NONE ? Sent.Answer.UNKNOWN : sent.answer;
    }
    stale.clear();
    restored.clear();
    view.keys().forEach((key, v) -> restored.add(key));
    troubleAt = Instant.MIN;
    closing = false;
    flushing = null;
    extending = null;
    discarding = null;
    erasing = null;
    absorbing = null;
    withdrawing = null;
    removing = 0;
    redriving = 0;
  }

  static String idOf(String key, String id) {
    return key + " " + id;
  }

  /** The run of this process that belongs to a claimed batch, if it was handed over. */
  @Nullable Run run(String key, BatchRow batch) {
    Run run = runs.get(key);
    return run != null && run.token == batch.token() ? run : null;
  }

  boolean isStale(String key) {
    Instant since = stale.get(key);
    return since != null && !since.plus(RETRY).isBefore(latest);
  }

  int openRuns(Instant now) {
    int open = 0;
    int beyond = 0;
    for (Run run : runs.values()) {
      open++;
      beyond += run.isBeyond(now) ? 1 : 0;
    }
    return open - Math.min(beyond, setup.workers());
  }

  boolean recoveredRuns(Instant now) {
    return runs.values().stream().anyMatch(run -> run.recovered && !run.isBeyond(now));
  }

  /** What must be there. */
  static <T> T present(@Nullable T value, Promise promise, String seen) {
    if (value == null) {
      throw new Violation(promise, seen);
    }
    return value;
  }

  boolean isUrgent(String payload) {
    Sent sent = sentByPayload.get(payload);
    return sent != null && sent.urgent;
  }

  /** Whether the one message that is being withdrawn is of this key. */
  boolean isWithdrawing(String key) {
    return withdrawing != null && withdrawing.startsWith(key + " ");
  }

  /** It is not known whether the ids of this key are still remembered. */
  void mayBeErased(String key) {
    keptBySequence.values().stream()
        .filter(kept -> kept.sent.key.equals(key))
        .forEach(kept -> kept.mayBeForgotten = true);
  }

  /** An erasure has succeeded that was asked for when this was the last sequence. */
  void erased(String key, long lastBefore, Instant at) {
    for (Sent.Kept kept : keptBySequence.values()) {
      if (kept.sent.key.equals(key) && kept.sequence <= lastBefore) {
        String seen = "%s was erased, and message %d is still stored";
        require(!view.holds(kept.sequence), Promise.G2, seen, key, kept.sequence);
        kept.fate = Sent.Kept.Fate.ERASED;
        kept.endedAt = at;
      } else if (kept.sent.key.equals(key) && kept.endedAt != null) {
        kept.mayBeForgotten = true; // it came and went meanwhile, before the erasure or after it
      }
    }
  }

  /** An idle store keeps nothing, once the retention of the ids is over (G15). */
  static void empty(StoreStats left) {
    long keys = left.waitingKeys() + left.runningKeys() + left.backingOffKeys();
    require(
        keys + left.pendingMessages() + left.deadLetters() + left.rememberedIds() == 0,
        Promise.G15,
        "all keys are idle, and the store keeps %s",
        left);
  }

  @SuppressWarnings("AnnotateFormatMethod") // its annotation would be one more dependency
  static void require(boolean holds, Promise promise, String seen, @Nullable Object... parts) {
    if (!holds) {
      throw new Violation(promise, seen.formatted(parts));
    }
  }
}
