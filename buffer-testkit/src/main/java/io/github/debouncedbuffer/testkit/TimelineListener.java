// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.testkit;

import static java.util.Objects.requireNonNull;

import io.github.debouncedbuffer.BatchInfo;
import io.github.debouncedbuffer.BufferListener;
import io.github.debouncedbuffer.DeadLetter;
import io.github.debouncedbuffer.Receipt;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Draws what a real buffer does: one {@link Lane} per key, with its windows, runs and backoffs as
 * bars and its messages as marks, numbered from 1 in the order of acceptance.
 *
 * <pre>{@code
 * var picture = new TimelineListener();
 * // ... builder.listener(picture), and the script of the test ...
 * String text = new Timeline("", "", start, picture.lanes(clock.now())).toText();
 * }</pre>
 *
 * <p>Give the same object to the next buffer over the same store, and the picture goes on after the
 * restart. Messages it was not told of (submitted before it listened, or redriven) are drawn at the
 * beginning of their batch's window. Listeners are not told which messages of a batch could not be
 * read: their number is right, the first ones are drawn for them. A discarded message has no
 * outcome.
 *
 * <p>Keeps everything it has drawn. Thread-safe.
 */
public final class TimelineListener implements BufferListener {
  private final Map<String, KeyLane> keys = new LinkedHashMap<>();
  private final Function<? super String, LaneRecorder> recorders;

  /** One lane per key, with the key as its name. */
  public TimelineListener() {
    this(key -> Lane.named(key, ""));
  }

  /**
   * Lanes of the caller's own.
   *
   * @param recorders called once for each key: where to draw it
   */
  public TimelineListener(Function<? super String, LaneRecorder> recorders) {
    this.recorders = requireNonNull(recorders, "recorders");
  }

  /**
   * The lanes so far, in the order in which their keys first occurred.
   *
   * @param until end of the bars that are still open
   * @return unmodifiable
   */
  public synchronized List<Lane> lanes(Instant until) {
    return keys.values().stream().map(key -> key.drawn(until)).toList();
  }

  @Override
  public synchronized void submitted(String key, Receipt receipt, Instant at) {
    if (!receipt.isDuplicate()) {
      KeyLane lane = of(key);
      LaneMark.Kind kind = receipt.late() ? LaneMark.Kind.LATE : LaneMark.Kind.RECEIVED;
      lane.pending.addLast(lane.arrived(kind, at));
    }
  }

  @Override
  public synchronized void opened(String key, Instant dueAt, Instant at) {
    of(key).window("window", at);
  }

  @Override
  public synchronized void claimed(BatchInfo batch, Instant dueAt, Instant at) {
    of(batch.key()).run(batch, at);
  }

  @Override
  public synchronized void timedOut(BatchInfo batch, Instant at) {
    of(batch.key()).timedOutAt = at;
  }

  @Override
  public synchronized void completed(BatchInfo batch, Duration took, Instant at) {
    of(batch.key()).ended(batch, LaneSpan.Kind.RUN, LaneMark.Kind.ANSWERED, at);
  }

  @Override
  public synchronized void followedUp(
      String key, int late, Instant startedAt, Instant dueAt, Instant at) {
    of(key).window("follow-up", at);
  }

  @Override
  public synchronized void backedOff(BatchInfo batch, Throwable cause, Instant dueAt, Instant at) {
    KeyLane lane = of(batch.key());
    lane.end(LaneSpan.Kind.FAILED, at);
    lane.begin(LaneSpan.Kind.BACKING_OFF, "backing off", at);
  }

  @Override
  public synchronized void deadLettered(BatchInfo batch, DeadLetter.Reason reason, Instant at) {
    switch (reason) {
      case ATTEMPTS_USED_UP ->
          of(batch.key()).ended(batch, LaneSpan.Kind.FAILED, LaneMark.Kind.DEAD, at);
      case UNREADABLE -> {} // How many it were shows when the rest of the batch has ended.
    }
  }

  @Override
  public synchronized void discarded(String key, int messages, Instant at) {
    of(key).discarded(messages, at);
  }

  private KeyLane of(String key) {
    return keys.computeIfAbsent(key, k -> new KeyLane(recorders.apply(k)));
  }

  private static final class KeyLane {
    private final LaneRecorder lane;

    /** Numbers of the messages without an outcome, oldest first: the batch, then the others. */
    private final Deque<String> pending = new ArrayDeque<>();

    private int inBatch;
    private int received;
    private @Nullable LaneSpan open; // its end is not known yet
    private @Nullable Instant timedOutAt;

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
}
