// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.internal;

import io.github.debouncedbuffer.FollowUp;
import io.github.debouncedbuffer.RetryPolicy;
import io.github.debouncedbuffer.internal.Decision.Step;
import io.github.debouncedbuffer.spi.KeyState;
import java.util.ArrayList;
import java.util.List;

/** What becomes of a {@link PlainKey} when members of its running batch come and go. */
final class PlainMembers {

  private PlainMembers() {}

  static Step superseded(PlainKey key, long claim, int most, RetryPolicy retry, long now) {
    boolean room = !key.members.isEmpty() && key.members.size() < key.policy.maxBatch();
    boolean may = key.attempt == 1 && key.supersedes < most && room;
    if (key.stale(claim) || !may) {
      return key.failed(claim, false, retry, now);
    }
    boolean alone = key.waiting.isEmpty();
    FollowUp timing = FollowUp.valueOf(key.policy.followUp());
    List<PlainKey.Noted> all = new ArrayList<>(key.members);
    all.addAll(key.waiting);
    key.waiting = List.copyOf(all);
    key.members = List.of();
    key.base = alone || timing != FollowUp.FROM_ARRIVAL ? now : key.base;
    key.sticky |= alone || timing == FollowUp.IMMEDIATELY;
    key.sticky |= all.size() >= key.policy.maxBatch();
    key.supersedes++;
    key.state = KeyState.WAITING;
    key.decideDue(now);
    return Step.SUPERSEDED;
  }

  /** As many late messages as there is room for. */
  static Step absorb(PlainKey key, int joining, long newId, long now) {
    List<PlainKey.Noted> all = new ArrayList<>(key.members);
    all.addAll(key.waiting.subList(0, joining));
    key.members = List.copyOf(all);
    key.waiting = List.copyOf(key.waiting.subList(joining, key.waiting.size()));
    key.id = newId;
    key.through = all.get(all.size() - 1).sequence();
    if (key.waiting.isEmpty()) {
      nothingIsLate(key);
    } else {
      key.base = Math.min(key.waiting.get(0).arrival(), now);
    }
    return Step.ABSORBED;
  }

  /** The first member alone. */
  static Step acknowledge(PlainKey key, long newId) {
    key.members = List.copyOf(key.members.subList(1, key.members.size()));
    key.id = newId;
    key.opened = key.members.get(0).arrival();
    return Step.ACKNOWLEDGED;
  }

  static Step unreadable(
      PlainKey key, long claim, long batchId, List<Long> sequences, long newId, long now) {
    if (key.stale(claim)) {
      return Step.STALE;
    }
    if (key.members.isEmpty()) {
      return key.goesOn(Step.VANISHED, now);
    }
    if (batchId != key.id) {
      return Step.UNCHANGED;
    }
    key.members = key.members.stream().filter(m -> !sequences.contains(m.sequence())).toList();
    key.opened = key.members.isEmpty() ? key.opened : key.members.get(0).arrival();
    for (int i = 0; i < sequences.size(); i++) {
      key.dead = PlainKey.plus(key.dead, 1);
    }
    key.id = newId;
    return key.members.isEmpty() ? key.goesOn(Step.SET_APART, now) : Step.SET_APART;
  }

  static void nothingIsLate(PlainKey key) {
    key.base = PlainKey.NONE;
    key.sticky = false;
    key.extended = PlainKey.NONE;
  }
}
