// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.testkit;

import io.github.debouncedbuffer.BatchInfo;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A key's lane while it is drawn. Not thread-safe. */
final class KeyLane {
  private final LaneRecorder lane;

  /** Numbers of the messages without an outcome, oldest first: the batch, then the others. */
  final Deque<String> pending = new ArrayDeque<>();

  private int inBatch;
  private int received;
  private @Nullable LaneSpan open; // its end is not known yet
  @Nullable Instant timedOutAt;

  KeyLane(LaneRecorder lane) {
    this.lane = lane;
  }

  String arrived(LaneMark.Kind kind, Instant at) {
    String number = Integer.toString(++received);
    lane.mark(kind, at, number);
    return number;
  }

  void window(String label, Instant at) {
    unreadable(inBatch, at);
    end(LaneSpan.Kind.FAILED, at);
    begin(LaneSpan.Kind.WINDOW, label, at);
  }

  void run(BatchInfo batch, Instant at) {
    unreadable(inBatch - batch.messages(), at);
    while (pending.size() < batch.messages()) {
      pending.addFirst(arrived(LaneMark.Kind.RECEIVED, batch.openedAt()));
    }
    inBatch = batch.messages();
    String first = pending.getFirst();
    String last = pending.stream().skip(inBatch - 1L).findFirst().orElseThrow();
    String numbers = inBatch == 1 ? first : first + "-" + last;
    String attempt = batch.attempt() == 1 ? "" : ", attempt " + batch.attempt();
    end(LaneSpan.Kind.FAILED, at);
    begin(LaneSpan.Kind.RUN, "answers " + numbers + attempt, at);
  }

  void ended(BatchInfo batch, LaneSpan.Kind as, LaneMark.Kind outcome, Instant at) {
    end(as, at);
    unreadable(inBatch - batch.messages(), at);
    settle(outcome, inBatch, at);
  }

  /** Late messages have joined, so that the batch is of so many now. */
  void absorbed(int messages) {
    inBatch = Math.min(messages, pending.size());
  }

  /** The first messages of the batch are answered; what follows tells of the others. */
  void answered(int messages, Instant at) {
    end(LaneSpan.Kind.RUN, at);
    settle(LaneMark.Kind.ANSWERED, messages, at);
  }

  void superseded(Instant at) {
    end(LaneSpan.Kind.FAILED, at);
    inBatch = 0;
    begin(LaneSpan.Kind.WINDOW, "superseded, all together", at);
  }

  /** All of them are gone; a run that goes on is drawn to its end. */
  void erased(Instant at) {
    pending.clear();
    inBatch = 0;
    if (open != null && open.kind() != LaneSpan.Kind.RUN) {
      end(LaneSpan.Kind.FAILED, at);
    }
  }

  void discarded(int messages, Instant at) {
    for (int i = 0; i < messages && !pending.isEmpty(); i++) {
      pending.removeLast();
    }
    if (pending.isEmpty()) {
      inBatch = 0;
      end(LaneSpan.Kind.FAILED, at);
    }
  }

  void begin(LaneSpan.Kind kind, String label, Instant at) {
    open = new LaneSpan(kind, at, at, label);
  }

  /** Ends the bar that is open; a run is drawn as what it has turned out to be. */
  void end(LaneSpan.Kind runAs, Instant at) {
    if (open == null) {
      return;
    }
    boolean isRun = open.kind() == LaneSpan.Kind.RUN;
    Instant from = open.from();
    if (isRun && timedOutAt != null && timedOutAt.isBefore(at)) {
      lane.span(LaneSpan.Kind.FAILED, from, timedOutAt, open.label());
      lane.span(runAs, timedOutAt, at, "interrupted, not back yet");
    } else if (isRun || from.isBefore(at)) { // a window that was due at once is no window
      lane.span(isRun ? runAs : open.kind(), from, at, open.label());
    }
    open = null;
    timedOutAt = null;
  }

  Lane drawn(Instant until) {
    Lane ended = lane.lane(until);
    if (open == null) {
      return ended;
    }
    Instant to = until.isBefore(open.from()) ? open.from() : until;
    List<LaneSpan> spans = new ArrayList<>(ended.spans());
    spans.add(new LaneSpan(open.kind(), open.from(), to, open.label() + " (still open)"));
    LaneTally tally = LaneTally.of(ended.marks());
    return new Lane(ended.name(), ended.subtitle(), spans, ended.marks(), tally);
  }

  private void unreadable(int messages, Instant at) {
    settle(LaneMark.Kind.DEAD, messages, at);
  }

  private void settle(LaneMark.Kind outcome, int messages, Instant at) {
    for (int i = 0; i < messages && !pending.isEmpty(); i++) {
      lane.mark(outcome, at, pending.removeFirst());
      inBatch--;
    }
  }
}
