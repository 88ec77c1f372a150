// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.internal;

import io.github.debouncedbuffer.FollowUp;
import io.github.debouncedbuffer.RetryPolicy;
import io.github.debouncedbuffer.spi.BatchRow;
import io.github.debouncedbuffer.spi.KeyRow;
import io.github.debouncedbuffer.spi.KeyState;
import io.github.debouncedbuffer.spi.PolicyRow;
import io.github.debouncedbuffer.spi.StoredMessage;
import io.github.debouncedbuffer.spi.WindowRow;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The words in which the tests of the protocol write rows down, complete to the last field. Times
 * are seconds since the chain began: T+0 is the original start of every row made here.
 */
final class Given {

  static final String KEY = "wati:50370000001";
  static final PolicyRow FIXED = fixed(35, 35);
  static final PolicyRow CAPPED = fixed(35, 60);
  static final PolicyRow QUIET = quiet(10, 35);

  /** Another policy than any row has, so that it shows whose policy was taken. */
  static final PolicyRow OTHER = quiet(20, 50);

  /** Three attempts; 1 s and 2 s between them. */
  static final RetryPolicy RETRY =
      new RetryPolicy(3, Duration.ofSeconds(1), 2, Duration.ofSeconds(60), 0);

  private static final Instant T0 = Instant.parse("2026-01-01T00:00:00Z");

  private Given() {}

  static Instant at(long seconds) {
    return T0.plusSeconds(seconds);
  }

  static Duration seconds(long seconds) {
    return Duration.ofSeconds(seconds);
  }

  static PolicyRow fixed(long wait, long cap) {
    return new PolicyRow(false, seconds(wait), seconds(cap), 3, FollowUp.FROM_ARRIVAL.name());
  }

  static PolicyRow quiet(long quiet, long maxWait) {
    return new PolicyRow(true, seconds(quiet), seconds(maxWait), 3, FollowUp.FROM_ARRIVAL.name());
  }

  static PolicyRow maxBatch(PolicyRow p, int messages) {
    return new PolicyRow(p.quiet(), p.minWait(), p.maxWait(), messages, p.followUp());
  }

  static PolicyRow followUp(PolicyRow p, FollowUp timing) {
    return new PolicyRow(p.quiet(), p.minWait(), p.maxWait(), p.maxBatch(), timing.name());
  }

  static WindowRow window(int messages, long openedAt) {
    return window(messages, openedAt, openedAt);
  }

  static WindowRow window(int messages, long openedAt, long countsFrom) {
    return new WindowRow(messages, at(openedAt), at(countsFrom), false);
  }

  static WindowRow dueNow(WindowRow w) {
    return new WindowRow(w.messages(), w.openedAt(), w.countsFrom(), true);
  }

  /** Batch 7: two messages, the last with sequence 12, the first of which arrived at T+100. */
  static BatchRow batch(long token, int attempt, long since) {
    return new BatchRow(7, token, attempt, 2, 12, at(100), at(since), false, null);
  }

  static BatchRow recovered(BatchRow b) {
    return new BatchRow(
        b.id(),
        b.token(),
        b.attempt(),
        b.messages(),
        b.throughSequence(),
        b.openedAt(),
        b.since(),
        true,
        null);
  }

  static KeyRow waiting(PolicyRow policy, WindowRow window, long last, long due) {
    return new KeyRow(
        KEY, KeyState.WAITING, at(0), at(last), at(due), null, policy, window, null, 0);
  }

  static KeyRow running(PolicyRow policy, @Nullable WindowRow late, long last, BatchRow batch) {
    return new KeyRow(KEY, KeyState.RUNNING, at(0), at(last), null, null, policy, late, batch, 0);
  }

  static KeyRow backingOff(
      PolicyRow policy, @Nullable WindowRow late, long last, long due, BatchRow batch) {
    return new KeyRow(
        KEY, KeyState.BACKING_OFF, at(0), at(last), at(due), null, policy, late, batch, 0);
  }

  /** So many runs in a row were superseded. */
  static KeyRow superseded(int times, KeyRow row) {
    return Draft.of(row).supersedes(times).row();
  }

  static KeyRow extendedUntil(long until, KeyRow row) {
    return new KeyRow(
        row.key(),
        row.state(),
        row.startedAt(),
        row.lastArrivalAt(),
        row.dueAt(),
        at(until),
        row.policy(),
        row.window(),
        row.batch(),
        row.supersedes());
  }

  /** Messages with sequences from 11 on, arrived at these times. */
  static List<StoredMessage> messages(long... arrivals) {
    List<StoredMessage> messages = new ArrayList<>();
    for (long arrival : arrivals) {
      long sequence = 11L + messages.size();
      messages.add(new StoredMessage(sequence, null, at(arrival), new byte[0], true));
    }
    return messages;
  }
}
