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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

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
 * outcome; of a withdrawn one it is not told which it was, the newest is drawn for it.
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

  @Override
  public synchronized void absorbed(BatchInfo batch, int messages, Instant at) {
    of(batch.key()).absorbed(batch.messages());
  }

  @Override
  public synchronized void completedInPart(BatchInfo batch, int messages, Instant at) {
    of(batch.key()).answered(messages, at);
  }

  @Override
  public synchronized void superseded(BatchInfo batch, Instant dueAt, Instant at) {
    of(batch.key()).superseded(at);
  }

  @Override
  public synchronized void withdrawn(String key, Instant at) {
    of(key).discarded(1, at);
  }

  @Override
  public synchronized void erased(String key, int messages, Instant at) {
    of(key).erased(at);
  }

  private KeyLane of(String key) {
    return keys.computeIfAbsent(key, k -> new KeyLane(recorders.apply(k)));
  }
}
