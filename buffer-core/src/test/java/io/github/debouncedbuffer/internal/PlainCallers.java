// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.internal;

import io.github.debouncedbuffer.internal.Decision.Step;
import io.github.debouncedbuffer.spi.KeyState;
import java.util.ArrayList;
import java.util.List;

/** What becomes of a {@link PlainKey} by what callers ask for besides submitting. */
final class PlainCallers {

  private PlainCallers() {}

  static Step flush(PlainKey key, long now) {
    if (key.waiting.isEmpty()) {
      return Step.UNCHANGED;
    }
    key.sticky = true;
    key.decideDue(now);
    return Step.FLUSHED;
  }

  static Step extend(PlainKey key, long until, long now) {
    if (key.state == null || key.sticky) {
      return Step.UNCHANGED;
    }
    if (!key.policy.quiet() && key.policy.minWait().equals(key.policy.maxWait())) {
      return Step.REFUSED;
    }
    key.extended = Math.max(key.extended, until);
    key.decideDue(now);
    return Step.EXTENDED;
  }

  static Step discard(PlainKey key) {
    if (key.state == null || (key.state == KeyState.RUNNING && key.waiting.isEmpty())) {
      return Step.UNCHANGED;
    }
    key.waiting = List.of();
    PlainMembers.nothingIsLate(key);
    if (key.state != KeyState.RUNNING) {
      key.members = List.of();
      key.goesIdle();
    }
    return Step.DISCARDED;
  }

  /** The message at this place among those in no batch, if there are any. */
  static Step withdraw(PlainKey key, int place, long now) {
    if (key.waiting.isEmpty()) {
      return Step.UNCHANGED;
    }
    long opened = key.waiting.get(0).arrival();
    List<PlainKey.Noted> rest = new ArrayList<>(key.waiting);
    rest.remove(place);
    key.waiting = List.copyOf(rest);
    if (rest.isEmpty() && key.state == KeyState.WAITING) {
      key.goesIdle();
    } else if (rest.isEmpty()) {
      PlainMembers.nothingIsLate(key);
    } else {
      long arrival = rest.get(0).arrival();
      key.base = arrival == opened ? key.base : Math.max(key.base, Math.min(arrival, now));
      key.decideDue(now);
    }
    return Step.WITHDRAWN;
  }

  static Step erase(PlainKey key) {
    key.waiting = List.of();
    key.members = List.of();
    PlainMembers.nothingIsLate(key);
    if (key.state != KeyState.RUNNING) {
      key.goesIdle();
    }
    return Step.ERASED;
  }
}
