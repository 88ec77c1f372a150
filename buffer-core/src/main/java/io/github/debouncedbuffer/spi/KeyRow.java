// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.spi;

import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * All that is known of a key that is not idle. The engine alone decides what is in it; a store
 * keeps it as it is. Immutable.
 *
 * @param key whose row this is
 * @param state where the key is in its life
 * @param startedAt the original start: when the chain of windows and runs began
 * @param lastArrivalAt arrival of the newest message; never decreases within a chain
 * @param dueAt when the window's batch or the next attempt may start; null while {@code RUNNING}
 * @param extendedUntil until when the open (or next) window was asked to wait, if it was
 * @param policy the policy in force when the open (or last) window opened
 * @param window the messages that are not in a batch: the open window, or the late ones; null if
 *     there are none
 * @param batch the claimed batch; null while {@code WAITING}
 * @param supersedes how many runs of the key were superseded since one ended otherwise, 0 or more
 */
public record KeyRow(
    String key,
    KeyState state,
    Instant startedAt,
    Instant lastArrivalAt,
    @Nullable Instant dueAt,
    @Nullable Instant extendedUntil,
    PolicyRow policy,
    @Nullable WindowRow window,
    @Nullable BatchRow batch,
    int supersedes) {

  /**
   * Checks that the parts fit the state.
   *
   * @param key see above
   * @param state see above
   * @param startedAt see above
   * @param lastArrivalAt see above
   * @param dueAt see above
   * @param extendedUntil see above
   * @param policy see above
   * @param window see above
   * @param batch see above
   * @param supersedes see above
   * @throws IllegalArgumentException if they do not
   */
  public KeyRow {
    Objects.requireNonNull(key, "key");
    boolean fits =
        switch (state) {
          case WAITING -> window != null && batch == null && dueAt != null;
          case RUNNING -> batch != null && dueAt == null;
          case BACKING_OFF -> batch != null && dueAt != null;
        };
    boolean leased = batch != null && batch.leaseUntil() != null;
    if (!fits || (leased && state != KeyState.RUNNING)) {
      throw new IllegalArgumentException("the parts of a key row do not fit its state " + state);
    }
  }

  /**
   * How many messages of the key are pending, those of the batch included.
   *
   * @return at least 1
   */
  public int pending() {
    return late() + (batch == null ? 0 : batch.messages());
  }

  /**
   * How many messages are not in a batch: waiting in the window, or late behind the batch.
   *
   * @return 0 or more
   */
  public int late() {
    return window == null ? 0 : window.messages();
  }
}
