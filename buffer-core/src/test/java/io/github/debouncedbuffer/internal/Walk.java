// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.internal;

import io.github.debouncedbuffer.RetryPolicy;
import io.github.debouncedbuffer.spi.KeyState;
import io.github.debouncedbuffer.spi.PolicyRow;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Some keys after some events. Each further event gives the walk that is one event longer, its
 * decision checked, and leaves this one as it is: so a driver can go back and try another. A
 * promise that is broken is reported with all the events that led there.
 */
final class Walk {

  /** What an event does to a key. */
  private interface Event {
    void happen(WalkedKey key, Walk next);
  }

  final long now;
  private final @Nullable Walk before;
  private final String event;
  private final int touched;
  private final RetryPolicy retry;
  private final WalkedKey[] keys;
  private long drawn;

  private Walk(
      long now,
      @Nullable Walk before,
      String event,
      int touched,
      RetryPolicy retry,
      WalkedKey[] keys,
      long drawn) {
    this.now = now;
    this.before = before;
    this.event = event;
    this.touched = touched;
    this.retry = retry;
    this.keys = keys;
    this.drawn = drawn;
  }

  /** All keys are idle; the first one has a dead letter of two messages. */
  static Walk begin(int keys, RetryPolicy retry) {
    WalkedKey[] idle = new WalkedKey[keys];
    Arrays.setAll(idle, k -> new WalkedKey("wati:5037000000" + (k + 1)));
    idle[0].plain.dead = List.of(2);
    return new Walk(0, null, "begin", 0, retry, idle, 0);
  }

  PlainKey plain(int k) {
    return keys[k].plain;
  }

  /** Whether it is elsewhere than a walk before it: if not, what can follow is the same, too. */
  boolean differsFrom(Walk other) {
    boolean differs = false;
    boolean idle = true;
    for (int k = 0; k < keys.length; k++) {
      idle &= keys[k].row == null;
      differs |= !Objects.equals(keys[k].row, other.keys[k].row);
    }
    return differs || (now != other.now && !idle);
  }

  /** The process dies, and another one takes over at this time by its clock. */
  Walk recover(long time) {
    Walk next = this;
    for (int k = 0; k < keys.length; k++) {
      next = next.step("recover", k, time, (key, then) -> key.recover(retry, then.now));
    }
    return next;
  }

  Walk passes(long time) {
    return step("time passes", 0, time, (key, next) -> {});
  }

  Walk submit(int k, PolicyRow policy) {
    return step("submit", k, now, (key, next) -> key.submit(policy, ++next.drawn, next.now));
  }

  /** At its due time, if that is still to come. A key that runs has none: it must be refused. */
  Walk due(int k) {
    boolean runs = plain(k).state == KeyState.RUNNING;
    return runs
        ? step("due", k, now, (key, next) -> key.dueWhileRunning(++next.drawn, next.now))
        : step(
            "due", k, Math.max(now, plain(k).due), (key, next) -> key.due(++next.drawn, next.now));
  }

  Walk returned(int k, long token) {
    return step("returned", k, now, (key, next) -> key.returned(token, next.now));
  }

  Walk failed(int k, long token) {
    return step("failed", k, now, (key, next) -> key.failed(token, retry, next.now));
  }

  Walk released(int k, long token, long delay) {
    return step("released", k, now, (key, next) -> key.released(token, delay, next.now));
  }

  /** Some members of the batch, by their places in it. */
  Walk unreadable(int k, long token, long batchId, int... places) {
    return step(
        "unreadable",
        k,
        now,
        (key, next) -> key.unreadable(token, batchId, places, ++next.drawn, next.now));
  }

  Walk flush(int k) {
    return step("flush", k, now, (key, next) -> key.flush(next.now));
  }

  Walk extend(int k, long until) {
    return step("extend", k, now, (key, next) -> key.extend(until, next.now));
  }

  Walk discard(int k) {
    return step("discard", k, now, (key, next) -> key.discard());
  }

  Walk superseded(int k, long token, int most) {
    return step("superseded", k, now, (key, next) -> key.superseded(token, most, retry, next.now));
  }

  /** Whether the engine would let the key's batch absorb. */
  boolean mayAbsorb(int k) {
    PlainKey key = plain(k);
    return runsFirst(key)
        && !key.waiting.isEmpty()
        && key.members.size() < key.policy.maxBatch()
        && !key.members.isEmpty();
  }

  private static boolean runsFirst(PlainKey key) {
    return key.state == KeyState.RUNNING && key.attempt == 1;
  }

  Walk absorb(int k) {
    return step("absorb", k, now, (key, next) -> key.absorb(++next.drawn, next.now));
  }

  boolean mayAcknowledge(int k) {
    return runsFirst(plain(k)) && plain(k).members.size() > 1;
  }

  Walk acknowledge(int k) {
    return step("acknowledge", k, now, (key, next) -> key.acknowledge(++next.drawn));
  }

  Walk withdraw(int k, int place) {
    return step("withdraw", k, now, (key, next) -> key.withdraw(place, next.now));
  }

  Walk erase(int k) {
    return step("erase", k, now, (key, next) -> key.erase());
  }

  /** The newest dead letter of the key, which must have one: its messages come again. */
  Walk redrive(int k, PolicyRow policy) {
    return step(
        "redrive",
        k,
        now,
        (key, next) -> {
          List<Integer> dead = key.plain.dead;
          int newest = dead.size() - 1;
          key.plain.dead = dead.subList(0, newest);
          for (int i = 0; i < dead.get(newest); i++) {
            key.submit(policy, ++next.drawn, next.now);
          }
        });
  }

  private Walk step(String what, int k, long time, Event happens) {
    WalkedKey[] copies = keys.clone();
    copies[k] = keys[k].copy();
    Walk next = new Walk(time, this, what, k, retry, copies, drawn);
    try {
      happens.happen(copies[k], next);
    } catch (AssertionError | RuntimeException broken) {
      throw new AssertionError(broken + "\n" + next.history(), broken);
    }
    return next;
  }

  private String history() {
    List<String> lines = new ArrayList<>();
    for (Walk walk = this; walk != null; walk = walk.before) {
      WalkedKey key = walk.keys[walk.touched];
      lines.add(0, "T+" + walk.now + " " + walk.event + " " + key.name + ": " + key.row);
    }
    return String.join("\n", lines);
  }
}
