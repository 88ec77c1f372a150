// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.internal;

import static io.github.debouncedbuffer.internal.Deadline.later;

import io.github.debouncedbuffer.internal.Decision.Step;
import io.github.debouncedbuffer.spi.KeyRow;
import io.github.debouncedbuffer.spi.KeyState;
import io.github.debouncedbuffer.spi.MessageRange;
import io.github.debouncedbuffer.spi.StoredMessage;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The part of the {@link Protocol} that callers ask for besides submitting. Pure. */
final class CallerProtocol {

  private CallerProtocol() {}

  /** What waits is due now, and stays so. A backoff is not shortened. */
  static Decision flush(@Nullable KeyRow row, Instant now) {
    if (row == null || row.window() == null) {
      return Decision.keep(Step.UNCHANGED, row);
    }
    return Decision.keep(Step.FLUSHED, Rows.flushed(row, now));
  }

  /** The window, or while a batch runs or backs off its follow-up, is asked to wait longer. */
  static Decision extend(@Nullable KeyRow row, Instant until, Instant now) {
    var window = row == null ? null : row.window();
    if (row == null || (window != null && window.dueNow())) {
      return Decision.keep(Step.UNCHANGED, row);
    }
    boolean capped = row.policy().quiet() || !row.policy().maxWait().equals(row.policy().minWait());
    return capped
        ? Decision.keep(Step.EXTENDED, Rows.extended(row, later(until, row.extendedUntil()), now))
        : Decision.keep(Step.REFUSED, row);
  }

  /** Throws away what is pending, except a batch that runs. */
  static Decision discard(@Nullable KeyRow row) {
    if (row == null) {
      return Decision.keep(Step.UNCHANGED, null);
    }
    return switch (row.state()) {
      case WAITING, BACKING_OFF ->
          new Decision(Step.DISCARDED, null, MessageRange.after(row.key(), 0));
      case RUNNING ->
          row.window() == null
              ? Decision.keep(Step.UNCHANGED, row)
              : new Decision(Step.DISCARDED, Rows.alone(row), behind(row));
    };
  }

  /**
   * One message that is in no batch is taken back.
   *
   * @param sequence which
   * @param oldest the first of the other messages that are in no batch
   */
  static Decision withdraw(
      @Nullable KeyRow row, long sequence, @Nullable StoredMessage oldest, Instant now) {
    if (row == null || row.window() == null || isMember(row, sequence)) {
      return Decision.keep(Step.UNCHANGED, row);
    }
    KeyRow without =
        oldest != null
            ? Rows.withdrawn(row, oldest, now)
            : row.state() == KeyState.WAITING ? null : Rows.alone(row);
    return new Decision(Step.WITHDRAWN, without, MessageRange.one(row.key(), sequence));
  }

  /** Nothing of the key is to stay. A run that goes on keeps its key, with nothing in its batch. */
  static Decision erase(@Nullable KeyRow row) {
    return Decision.keep(
        Step.ERASED, row != null && row.state() == KeyState.RUNNING ? Rows.erased(row) : null);
  }

  private static boolean isMember(KeyRow row, long sequence) {
    return row.batch() != null && sequence <= row.batch().throughSequence();
  }

  private static MessageRange behind(KeyRow row) {
    return MessageRange.after(row.key(), Draft.batchOf(row).throughSequence());
  }
}
