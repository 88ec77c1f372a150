// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.internal;

import io.github.debouncedbuffer.FollowUp;
import io.github.debouncedbuffer.RetryPolicy;
import io.github.debouncedbuffer.internal.Decision.Step;
import io.github.debouncedbuffer.spi.KeyState;
import io.github.debouncedbuffer.spi.PolicyRow;
import java.util.ArrayList;
import java.util.List;

/**
 * What is promised for a key, kept as one would on paper: two plain lists of messages, times in
 * seconds as in {@link Given}. It shares no code with what it is held against, {@link Rows}, {@link
 * Draft}, {@link Deadline} and {@link Backoff}. Each event answers with the step that it must be.
 */
final class PlainKey implements Cloneable {

  /** No such time. Earlier than any. */
  static final long NONE = Long.MIN_VALUE;

  record Noted(long sequence, long arrival) {}

  KeyState state; // null: idle
  long start;
  long last;
  long due = NONE;
  long extended = NONE;
  PolicyRow policy;

  List<Noted> waiting = List.of();
  long base;
  boolean sticky;

  List<Noted> members = List.of();
  long id;
  long token;
  long formerToken;
  int attempt;
  long through;
  long opened;
  long since;
  boolean recovered;
  int supersedes;

  /** How many messages are in each dead letter. */
  List<Integer> dead = List.of();

  /** The lists are replaced and never changed, so that a copy may share them. */
  PlainKey copy() {
    try {
      return (PlainKey) clone();
    } catch (CloneNotSupportedException impossible) {
      throw new AssertionError(impossible);
    }
  }

  static <T> List<T> plus(List<T> list, T last) {
    List<T> longer = new ArrayList<>(list);
    longer.add(last);
    return longer;
  }

  /** The process died and another one starts; its clock may be behind the last one's. */
  Step recover(RetryPolicy retry, long now) {
    base = Math.min(base, now);
    since = Math.min(since, now);
    if (state == KeyState.RUNNING) {
      return failed(token, true, retry, now);
    }
    if (state == KeyState.BACKING_OFF) {
      due = Math.min(due, now + retry.maxBackoff().toSeconds());
    }
    decideDue(now);
    return Step.RECOVERED;
  }

  Step submit(PolicyRow inForce, long sequence, long now) {
    boolean idle = state == null;
    if (idle) {
      state = KeyState.WAITING;
      start = now;
      last = now;
    }
    last = Math.max(last, now);
    if (waiting.isEmpty()) {
      policy = inForce;
      base = now;
    }
    waiting = plus(waiting, new Noted(sequence, last));
    sticky |= waiting.size() >= policy.maxBatch();
    decideDue(now);
    return idle ? Step.OPENED : state == KeyState.WAITING ? Step.EXTENDED : Step.COUNTED_LATE;
  }

  Step due(long newToken, long now) {
    if (state == KeyState.WAITING) {
      int most = Math.min(policy.maxBatch(), waiting.size());
      members = List.copyOf(waiting.subList(0, most));
      waiting = List.copyOf(waiting.subList(most, waiting.size()));
      base = waiting.isEmpty() ? NONE : Math.min(waiting.get(0).arrival(), now);
      sticky &= !waiting.isEmpty();
      extended = NONE;
      id = newToken;
      attempt = 0;
      opened = members.get(0).arrival();
      through = members.get(members.size() - 1).sequence();
      recovered = false;
    }
    formerToken = token;
    token = newToken;
    attempt++;
    since = now;
    due = NONE;
    state = KeyState.RUNNING;
    return Step.CLAIMED;
  }

  Step returned(long claim, long now) {
    return stale(claim) ? Step.STALE : goesOn(Step.COMPLETED, now);
  }

  Step failed(long claim, boolean died, RetryPolicy retry, long now) {
    if (stale(claim)) {
      return Step.STALE;
    }
    if (members.isEmpty()) {
      return goesOn(Step.VANISHED, now);
    }
    if (attempt == retry.maxAttempts()) {
      dead = plus(dead, members.size());
      return goesOn(Step.DEAD_LETTERED, now);
    }
    double grown = retry.initialBackoff().toSeconds() * Math.pow(retry.multiplier(), attempt - 1);
    recovered = died;
    return waits(Step.BACKED_OFF, now, (long) Math.min(grown, retry.maxBackoff().toSeconds()));
  }

  Step released(long claim, long delay, long now) {
    if (stale(claim)) {
      return Step.STALE;
    }
    if (members.isEmpty()) {
      return goesOn(Step.VANISHED, now);
    }
    attempt--;
    return waits(Step.RELEASED, now, delay);
  }

  boolean stale(long claim) {
    return state != KeyState.RUNNING || claim != token;
  }

  private Step waits(Step step, long now, long delay) {
    state = KeyState.BACKING_OFF;
    since = now;
    due = now + delay;
    return step;
  }

  /** The batch has ended: what came meanwhile opens the follow-up; else the key is idle. */
  Step goesOn(Step step, long now) {
    members = List.of();
    supersedes = 0;
    if (waiting.isEmpty()) {
      goesIdle();
      return step;
    }
    FollowUp timing = FollowUp.valueOf(policy.followUp());
    base = timing == FollowUp.FROM_ARRIVAL ? base : now;
    sticky |= timing == FollowUp.IMMEDIATELY;
    state = KeyState.WAITING;
    decideDue(now);
    return step;
  }

  void goesIdle() {
    state = null;
    supersedes = 0;
    due = NONE;
    extended = NONE;
    sticky = false;
  }

  /** G7, word for word; flushed or full, it is due now and never later again. */
  void decideDue(long now) {
    if (state == KeyState.WAITING) {
      long from = policy.quiet() ? Math.max(last, base) : base;
      long asked = Math.max(from + policy.minWait().toSeconds(), extended);
      long wanted = Math.min(asked, base + policy.maxWait().toSeconds());
      due = sticky ? Math.min(due == NONE ? wanted : due, now) : wanted;
    }
  }

  @Override
  public String toString() {
    String batch = "%s id %d token %d attempt %d".formatted(members, id, token, attempt);
    String window = "%s from %d sticky %s".formatted(waiting, base, sticky);
    return "%s start %d last %d due %d extended %d, batch %s, window %s"
        .formatted(state, start, last, due, extended, batch, window);
  }
}
