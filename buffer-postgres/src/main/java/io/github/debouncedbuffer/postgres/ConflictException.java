// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.postgres;

/**
 * Somebody else was faster with a key that was absent when it was locked: the transaction is taken
 * back, and its work run again, which then finds the key's row.
 */
final class ConflictException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  ConflictException() {
    super("another node has made a row of a key that was absent", null, false, false);
  }
}
