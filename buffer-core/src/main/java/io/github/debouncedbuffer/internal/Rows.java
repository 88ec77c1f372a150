// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.internal;

import static io.github.debouncedbuffer.internal.Deadline.earlier;
import static io.github.debouncedbuffer.internal.Deadline.later;
import static java.util.Objects.requireNonNull;

import io.github.debouncedbuffer.FollowUp;
import io.github.debouncedbuffer.spi.BatchRow;
import io.github.debouncedbuffer.spi.KeyRow;
import io.github.debouncedbuffer.spi.KeyState;
import io.github.debouncedbuffer.spi.PolicyRow;
import io.github.debouncedbuffer.spi.StoredMessage;
import io.github.debouncedbuffer.spi.WindowRow;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The rows that the {@link Protocol} decides on, spelled out in the order of the flow. Pure. */
final class Rows {

  private Rows() {}

  /** No base is ahead of now, so that no key waits longer than its policy allows. */
  static KeyRow pulledIn(KeyRow row, Duration maxBackoff, Instant now) {
    WindowRow w = row.window();
    BatchRow b = row.batch();
    WindowRow window = w == null ? null : counting(w, earlier(w.countsFrom(), now), w.dueNow());
    BatchRow batch = b == null ? null : Batches.pulledIn(b, now);
    Draft draft = Draft.of(row).window(window);
    return switch (row.state()) {
      case WAITING -> draft.waiting(requireNonNull(window), now).row();
      case RUNNING -> draft.running(requireNonNull(batch)).row();
      case BACKING_OFF -> {
        Instant dueAt = earlier(requireNonNull(row.dueAt()), now.plus(maxBackoff));
        yield draft.backingOff(requireNonNull(batch), dueAt).row();
      }
    };
  }

  /** The first message of an idle key. */
  static KeyRow opened(String key, PolicyRow policy, boolean urgent, Instant now) {
    WindowRow window = new WindowRow(1, now, now, urgent || policy.maxBatch() == 1);
    Instant dueAt = window.dueNow() ? now : Deadline.dueAt(policy, now, now, null);
    return new KeyRow(key, KeyState.WAITING, now, now, dueAt, null, policy, window, null, 0);
  }

  /**
   * One more message. The first one behind a batch opens the follow-up's window, so from then on
   * the policy is the one in force at that moment.
   */
  static KeyRow joined(
      KeyRow row, PolicyRow inForce, boolean urgent, Instant arrival, Instant now) {
    WindowRow w = row.window();
    PolicyRow policy = w == null ? inForce : row.policy();
    int messages = row.late() + 1;
    boolean dueNow = urgent || messages >= policy.maxBatch() || (w != null && w.dueNow());
    WindowRow window =
        w == null
            ? new WindowRow(messages, arrival, now, dueNow)
            : new WindowRow(messages, w.openedAt(), w.countsFrom(), dueNow);
    return collecting(Draft.of(row).arrival(arrival, policy), row.state(), window, now);
  }

  /** The oldest messages become a batch; what is beyond {@code maxBatch} stays behind it, due. */
  static KeyRow claimed(
      KeyRow row, List<StoredMessage> oldest, long token, @Nullable Instant lease, Instant now) {
    WindowRow w = Draft.windowOf(row);
    int members = Math.min(oldest.size(), row.policy().maxBatch());
    long through = oldest.get(members - 1).sequence();
    WindowRow rest = null;
    if (oldest.size() > members) {
      rest = behind(w, w.messages() - members, oldest.get(members), now);
    }
    BatchRow batch =
        new BatchRow(token, token, 1, members, through, w.openedAt(), now, false, lease);
    return Draft.of(row).extendedUntil(null).window(rest).running(batch).row();
  }

  /** What a batch leaves behind it, from its oldest message on. */
  private static WindowRow behind(WindowRow w, int messages, StoredMessage oldest, Instant now) {
    Instant arrival = oldest.arrivedAt();
    return new WindowRow(messages, arrival, earlier(arrival, now), w.dueNow());
  }

  /** The same batch, with a new token and one more attempt. */
  static KeyRow claimedAgain(KeyRow row, long token, @Nullable Instant lease, Instant now) {
    BatchRow b = Draft.batchOf(row);
    BatchRow again = Batches.claim(b, token, b.attempt() + 1, now, b.recovered(), lease);
    return Draft.of(row).running(again).row();
  }

  /** The same claim, for longer. */
  static KeyRow renewed(KeyRow row, Instant lease) {
    BatchRow b = Draft.batchOf(row);
    BatchRow held = Batches.claim(b, b.token(), b.attempt(), b.since(), b.recovered(), lease);
    return Draft.of(row).batch(held).row();
  }

  /** The first of the late messages join the batch, which so has a new id. */
  static KeyRow absorbed(
      KeyRow row, List<StoredMessage> joining, @Nullable StoredMessage next, long id, Instant now) {
    WindowRow w = Draft.windowOf(row);
    BatchRow b = Draft.batchOf(row);
    long through = joining.get(joining.size() - 1).sequence();
    BatchRow grown = Batches.members(b, id, b.messages() + joining.size(), through, b.openedAt());
    if (next == null) {
      return Draft.of(row).extendedUntil(null).window(null).batch(grown).row();
    }
    WindowRow rest = behind(w, w.messages() - joining.size(), next, now);
    return Draft.of(row).window(rest).batch(grown).row();
  }

  /**
   * The members and the late messages are one window. It is due when that of the late ones is; at
   * once if there are none left, for then nobody has to be waited for.
   */
  static KeyRow superseded(KeyRow row, Instant now) {
    WindowRow w = row.window();
    BatchRow b = Draft.batchOf(row);
    int messages = row.pending();
    boolean full = messages >= row.policy().maxBatch();
    WindowRow late =
        w == null
            ? new WindowRow(messages, b.openedAt(), now, true)
            : new WindowRow(messages, b.openedAt(), w.countsFrom(), w.dueNow() || full);
    return followUp(Draft.of(row).supersedes(row.supersedes() + 1).row(), late, now);
  }

  /** A window for the late messages. Whatever its timing, the original start stays. */
  static KeyRow followUp(KeyRow row, WindowRow late, Instant now) {
    WindowRow window =
        switch (FollowUp.valueOf(row.policy().followUp())) {
          case FROM_ARRIVAL -> late;
          case FROM_COMPLETION -> counting(late, now, late.dueNow());
          case IMMEDIATELY -> counting(late, now, true);
        };
    return Draft.of(row).waiting(window, now).row();
  }

  /** The frozen batch waits until then. */
  static KeyRow backingOff(KeyRow row, int attempt, boolean recovered, Instant until, Instant now) {
    BatchRow b = Draft.batchOf(row);
    return Draft.of(row)
        .backingOff(Batches.claim(b, b.token(), attempt, now, recovered, null), until)
        .row();
  }

  /** The batch without some of its members: so it has a new id. */
  static KeyRow without(KeyRow row, int members, Instant openedAt, long id) {
    BatchRow b = Draft.batchOf(row);
    BatchRow rest = Batches.members(b, id, b.messages() - members, b.throughSequence(), openedAt);
    return Draft.of(row).batch(rest).row();
  }

  /** The running batch with nothing behind it. */
  static KeyRow alone(KeyRow row) {
    return Draft.of(row).window(null).extendedUntil(null).row();
  }

  /** The running batch with nothing in it and nothing behind it, until its run ends. */
  static KeyRow erased(KeyRow row) {
    BatchRow b = Draft.batchOf(row);
    BatchRow empty = Batches.members(b, b.id(), 0, b.throughSequence(), b.openedAt());
    return Draft.of(alone(row)).batch(empty).row();
  }

  /**
   * One message less outside the batch.
   *
   * @param oldest the first of those that stay; it may now be the one that opened the window
   */
  static KeyRow withdrawn(KeyRow row, StoredMessage oldest, Instant now) {
    WindowRow w = Draft.windowOf(row);
    Instant arrival = oldest.arrivedAt();
    Instant from = w.countsFrom();
    Instant base = arrival.equals(w.openedAt()) ? from : later(earlier(arrival, now), from);
    WindowRow less = new WindowRow(w.messages() - 1, arrival, base, w.dueNow());
    return collecting(Draft.of(row), row.state(), less, now);
  }

  /** What waits is due now, and stays so. */
  static KeyRow flushed(KeyRow row, Instant now) {
    WindowRow w = Draft.windowOf(row);
    return collecting(Draft.of(row), row.state(), counting(w, w.countsFrom(), true), now);
  }

  /** What waits (or will) is to wait until then, as far as its policy lets it. */
  static KeyRow extended(KeyRow row, Instant until, Instant now) {
    Draft draft = Draft.of(row).extendedUntil(until);
    WindowRow w = row.window();
    return w == null ? draft.row() : collecting(draft, row.state(), w, now);
  }

  /** A window that is open has its due time decided anew; one behind a batch has none yet. */
  private static KeyRow collecting(Draft draft, KeyState state, WindowRow window, Instant now) {
    return switch (state) {
      case WAITING -> draft.waiting(window, now).row();
      case RUNNING, BACKING_OFF -> draft.window(window).row();
    };
  }

  private static WindowRow counting(WindowRow w, Instant from, boolean dueNow) {
    return new WindowRow(w.messages(), w.openedAt(), from, dueNow);
  }
}
