// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.testkit.simulation;

import io.github.debouncedbuffer.FollowUp;
import io.github.debouncedbuffer.Limits;
import io.github.debouncedbuffer.OnLate;
import io.github.debouncedbuffer.RetryPolicy;
import io.github.debouncedbuffer.WindowPolicy;
import java.time.Duration;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * How the buffer of a scenario is set up. Immutable. Times are whole seconds.
 *
 * @param quiet whether the window counts from the newest message
 * @param minWait the window's wait, 1 to 3,600 s
 * @param maxWait no window waits longer; {@code minWait} to 86,400 s. More than {@code minWait}
 *     lets a fixed window be extended
 * @param maxBatch messages in a batch, at least 1
 * @param followUp the timing of follow-ups
 * @param maxAttempts after so many a batch is dead, at least 1
 * @param workers how many batches run at once, at least 1
 * @param keys how many keys there are, at least 1
 * @param retention how long message ids are remembered, 0 s or more
 * @param supersedes how many runs of a key in a row late messages may supersede, 0 or more; with 0
 *     they are collected
 * @param drain how the scenario ends
 */
public record Setup(
    boolean quiet,
    int minWait,
    int maxWait,
    int maxBatch,
    FollowUp followUp,
    int maxAttempts,
    int workers,
    int keys,
    int retention,
    int supersedes,
    Drain drain) {

  private static final Pattern SPACES = Pattern.compile("\\s+");

  /** After so long a handler is interrupted. */
  static final Duration HANDLER_TIMEOUT = Duration.ofSeconds(60);

  /** So long a close waits. */
  static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(20);

  /** Small, so that scenarios come to them. */
  static final Limits LIMITS = Limits.DEFAULT.pendingPerKey(12).pendingInTotal(20).queuedSubmits(8);

  /**
   * Checks the parts, as the buffer's own builder will.
   *
   * @param quiet see above
   * @param minWait see above
   * @param maxWait see above
   * @param maxBatch see above
   * @param followUp see above
   * @param maxAttempts see above
   * @param workers see above
   * @param keys see above
   * @param retention see above
   * @param supersedes see above
   * @param drain see above
   * @throws IllegalArgumentException if one is out of range
   */
  public Setup {
    Objects.requireNonNull(drain, "drain");
    var policy =
        new WindowPolicy(
            quiet, Duration.ofSeconds(minWait), Duration.ofSeconds(maxWait), maxBatch, followUp);
    var onLate = new OnLate(supersedes, false);
    if (keys < 1 || retention < 0) {
      throw new IllegalArgumentException(
          "keys "
              + keys
              + " must be at least 1, retention "
              + retention
              + " at least 0 "
              + policy
              + onLate);
    }
  }

  /**
   * The incident's: a fixed window of 35 s, three attempts, two workers, two keys.
   *
   * @return the setup, with {@link Drain#SUCCEED}
   */
  public static Setup incident() {
    return new Setup(false, 35, 35, 100, FollowUp.FROM_ARRIVAL, 3, 2, 2, 600, 0, Drain.SUCCEED);
  }

  /**
   * The same with another end.
   *
   * @param end how the scenario ends
   * @return the changed setup
   */
  public Setup drain(Drain end) {
    return new Setup(
        quiet,
        minWait,
        maxWait,
        maxBatch,
        followUp,
        maxAttempts,
        workers,
        keys,
        retention,
        supersedes,
        end);
  }

  /**
   * Reads what {@link #inWords} wrote.
   *
   * @param words eleven words
   * @return the setup
   * @throws IllegalArgumentException if they are none
   */
  public static Setup parse(String words) {
    String[] s = SPACES.splitAsStream(words.trim()).toArray(String[]::new);
    if (s.length != 11) {
      throw new IllegalArgumentException("'" + words + "' is no setup of eleven words");
    }
    return new Setup(
        s[0].equals("quiet"),
        Integer.parseInt(s[1]),
        Integer.parseInt(s[2]),
        Integer.parseInt(s[3]),
        FollowUp.valueOf(s[4]),
        Integer.parseInt(s[5]),
        Integer.parseInt(s[6]),
        Integer.parseInt(s[7]),
        Integer.parseInt(s[8]),
        Integer.parseInt(s[9]),
        Drain.valueOf(s[10]));
  }

  /**
   * The eleven parts in their order.
   *
   * @return what {@link #parse} reads back
   */
  public String inWords() {
    return "%s %d %d %d %s %d %d %d %d %d %s"
        .formatted(
            quiet ? "quiet" : "fixed",
            minWait,
            maxWait,
            maxBatch,
            followUp,
            maxAttempts,
            workers,
            keys,
            retention,
            supersedes,
            drain);
  }

  /** The policy, with so many seconds more to wait. */
  WindowPolicy window(int more) {
    return new WindowPolicy(
        quiet,
        Duration.ofSeconds(minWait + more),
        Duration.ofSeconds(maxWait + more),
        maxBatch,
        followUp);
  }

  OnLate onLate() {
    return new OnLate(supersedes, false);
  }

  RetryPolicy retry() {
    return RetryPolicy.DEFAULT
        .maxAttempts(maxAttempts)
        .backoff(Duration.ofSeconds(5), Duration.ofSeconds(60))
        .jitter(0);
  }
}
