// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.internal;

/** Why a recovered batch failed; it has no stack, for nobody threw it. */
final class ProcessDied extends RuntimeException {

  private static final long serialVersionUID = 1L;

  ProcessDied() {
    super("the process ended while the batch ran", null, false, false);
  }
}
