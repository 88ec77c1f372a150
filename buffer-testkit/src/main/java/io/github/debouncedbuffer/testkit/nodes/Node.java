// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.testkit.nodes;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** One node: what troubles it, and its process, if it has one. */
final class Node {

  final int number;

  /** By how many seconds its clock is ahead of the store's. */
  final int ahead;

  @Nullable Life life;
  Instant pausedUntil = Instant.MIN;
  Instant cutUntil = Instant.MIN;
  boolean deaf;

  /** How many transactions until one whose answer is lost; negative if none is to be. */
  int loseIn = -1;

  /** Since when nothing has gone wrong here; in the future, if it is known until when it will. */
  Instant calmSince = Instant.MIN;

  Node(int number, int ahead) {
    this.number = number;
    this.ahead = ahead;
  }

  boolean isPaused(Instant now) {
    return pausedUntil.isAfter(now);
  }

  boolean isCut(Instant now) {
    return cutUntil.isAfter(now);
  }

  void pause(Instant until) {
    pausedUntil = later(pausedUntil, until);
    troubled(until);
  }

  void cut(Instant until) {
    cutUntil = later(cutUntil, until);
    troubled(until);
  }

  void troubled(Instant until) {
    calmSince = later(calmSince, until);
  }

  /** Another process begins here: what troubled the one before it is over, but for the network. */
  void restarted(Instant now) {
    pausedUntil = Instant.MIN;
    deaf = false;
    calmSince = later(now, cutUntil);
  }

  /** All is well again. */
  void heal(Instant now) {
    pausedUntil = Instant.MIN;
    cutUntil = Instant.MIN;
    calmSince = calmSince.isAfter(now) ? now : calmSince;
    deaf = false;
    loseIn = -1;
  }

  private static Instant later(Instant a, Instant b) {
    return a.isAfter(b) ? a : b;
  }

  @Override
  public String toString() {
    return "node " + number;
  }
}
