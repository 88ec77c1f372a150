// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.internal;

import io.github.debouncedbuffer.BufferClosedException;
import io.github.debouncedbuffer.BufferFullException;
import io.github.debouncedbuffer.spi.StoreException;
import java.util.concurrent.CompletionException;

/** What a waiting caller is thrown for a command that failed on the lane. */
final class Failures {

  private Failures() {}

  /** The same kind and message, with the caller's own stack and the lane's as its cause. */
  static RuntimeException unwrapped(CompletionException failed) {
    Throwable cause = failed.getCause();
    if (cause instanceof StoreException store) {
      return new StoreException(store.reason(), String.valueOf(store.getMessage()), store);
    }
    if (cause instanceof BufferFullException full) {
      return full;
    }
    if (cause instanceof BufferClosedException closed) {
      return closed;
    }
    return new IllegalStateException(
        "the command failed and nothing of it is stored: " + cause, cause);
  }
}
