// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.internal;

import io.github.debouncedbuffer.WindowPolicy;
import io.github.debouncedbuffer.spi.PolicyRow;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Checks what callers hand in, and runs their codec and policy, before anything is queued. */
final class Submissions<P> {

  private static final Duration MOST = Duration.ofDays(365);

  private final Settings<P> settings;

  Submissions(Settings<P> settings) {
    this.settings = settings;
  }

  Submit.Submission of(String key, @Nullable String messageId, P payload) {
    Texts.checked("key", key);
    if (messageId != null) {
      Texts.checked("messageId", messageId);
    }
    return new Submit.Submission(
        key, messageId, encoded(payload), policy(key), urgent(key, payload));
  }

  private boolean urgent(String key, P payload) {
    try {
      return settings.flushRule().test(key, payload);
    } catch (RuntimeException refused) {
      throw new IllegalArgumentException("the flush rule threw", refused);
    }
  }

  private byte[] encoded(P payload) {
    if (payload == null) {
      throw new IllegalArgumentException("payload must not be null");
    }
    byte[] bytes;
    try {
      bytes = settings.codec().encode(payload);
    } catch (Exception refused) {
      throw new IllegalArgumentException("the codec refused the payload", refused);
    }
    if (bytes == null) {
      throw new IllegalArgumentException("the codec returned null for the payload");
    }
    int most = settings.limits().payloadBytes();
    if (bytes.length > most) {
      throw new IllegalArgumentException(
          "the payload has " + bytes.length + " bytes, the limit is " + most);
    }
    return bytes;
  }

  PolicyRow policy(String key) {
    WindowPolicy policy;
    try {
      policy = settings.windows().apply(key);
    } catch (RuntimeException refused) {
      throw new IllegalArgumentException("the window policy function threw", refused);
    }
    if (policy == null) {
      throw new IllegalArgumentException("the window policy function returned null");
    }
    return new PolicyRow(
        policy.isQuiet(),
        policy.minWait(),
        policy.maxWait(),
        policy.maxBatch(),
        policy.followUp().name());
  }

  void checkUntil(Instant until, Instant now) {
    if (until.isAfter(now.plus(MOST))) {
      throw new IllegalArgumentException("until " + until + " must be at most " + MOST + " ahead");
    }
  }

  void checkLimit(Duration limit) {
    if (limit.isNegative() || limit.compareTo(MOST) > 0) {
      throw new IllegalArgumentException("limit " + limit + " must be from zero to " + MOST);
    }
  }
}
