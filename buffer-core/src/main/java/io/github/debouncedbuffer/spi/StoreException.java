// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.spi;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The store could not do what was asked. The {@link #reason} says what is true now. */
public final class StoreException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** The reason; an enum, so that it can be switched over. */
  private final Reason reason;

  /** Why a store failed, and whether trying again can help. */
  public enum Reason {
    /** Somebody else held the store for longer than the timeout. Nothing was stored. */
    BUSY(true),
    /** No space is left. Nothing was stored; it works again when there is space. */
    FULL(true),
    /** The store cannot be written. Nothing was stored. */
    READ_ONLY(false),
    /** The data are damaged or not a store's. They were left as they are. */
    CORRUPT(false),
    /** Another buffer, in this process or another one, uses the store. */
    IN_USE(false),
    /** The data have a newer or a foreign schema. They were left as they are. */
    SCHEMA(false),
    /** The store cannot be reached or set up. Nothing was stored. */
    UNAVAILABLE(true),
    /**
     * The commit failed and the store could not find out whether it took effect. Submitting again
     * with the same message id is safe.
     */
    OUTCOME_UNKNOWN(true),
    /** The store is closed. */
    CLOSED(false);

    private final boolean retryable;

    Reason(boolean retryable) {
      this.retryable = retryable;
    }

    /**
     * Whether trying again later can help without anybody's doing.
     *
     * @return true if it can
     */
    public boolean isRetryable() {
      return retryable;
    }
  }

  /**
   * Makes an exception.
   *
   * @param reason why
   * @param message what is true now and what to do; without payloads and unmasked keys
   * @param cause what the store's own library threw, if anything
   */
  public StoreException(Reason reason, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.reason = Objects.requireNonNull(reason, "reason");
  }

  /**
   * Makes an exception without a cause.
   *
   * @param reason why
   * @param message what is true now and what to do; without payloads and unmasked keys
   */
  public StoreException(Reason reason, String message) {
    this(reason, message, null);
  }

  /**
   * Why the store failed.
   *
   * @return the reason
   */
  public Reason reason() {
    return reason;
  }
}
