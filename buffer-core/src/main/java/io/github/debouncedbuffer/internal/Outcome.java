// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.internal;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How a run ended.
 *
 * @param kind in one word
 * @param cause what the handler threw, or why the claim is given back; null if it returned
 * @param error the cause in words for a dead letter; made here, since an exception's own text is
 *     the user's code and must not run in a transaction
 * @param delay for how long a claim that is given back is left alone
 */
record Outcome(Kind kind, @Nullable Throwable cause, String error, Duration delay) {

  enum Kind {
    RETURNED,
    SUPERSEDED,
    FAILED,
    RELEASED
  }

  static final Outcome RETURNED = new Outcome(Kind.RETURNED, null, "", Duration.ZERO);

  private static final int ERROR_CHARS = 500;

  /** It counts as failed where superseding is not allowed. */
  static Outcome superseded(Throwable cause) {
    return new Outcome(Kind.SUPERSEDED, cause, inWords(cause), Duration.ZERO);
  }

  static Outcome failed(Throwable cause) {
    return new Outcome(Kind.FAILED, cause, inWords(cause), Duration.ZERO);
  }

  static Outcome released(Throwable cause) {
    return rejected(cause, Duration.ZERO);
  }

  static Outcome rejected(Throwable cause, Duration delay) {
    return new Outcome(Kind.RELEASED, cause, "", delay);
  }

  /** At most 500 characters that every store keeps: no NUL, no half of a surrogate pair. */
  private static String inWords(Throwable cause) {
    String text;
    try {
      text = String.valueOf(cause.toString());
    } catch (Throwable unspeakable) {
      text = cause.getClass().getName();
    }
    return text.codePoints()
        .limit(ERROR_CHARS)
        .map(
            c -> c == 0 || (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE) ? '?' : c)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }
}
