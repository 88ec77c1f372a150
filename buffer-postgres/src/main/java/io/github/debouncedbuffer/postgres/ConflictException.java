// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.postgres;

/**
 * Somebody else was faster: with a key or an id that was absent when it was asked for, or with a
 * dead letter that was there. The transaction is taken back, and its work run again, which then
 * finds what he has left.
 */
final class ConflictException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  ConflictException() {
    super("another node has changed what was found absent, or there", null, false, false);
  }
}
