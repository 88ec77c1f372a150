// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.testkit;

/**
 * Ends a handler whose process died, for nothing can stop the test's own thread. The engine that
 * catches it is dead, too.
 */
final class ProcessCrash extends Error {

  private static final long serialVersionUID = 1L;

  ProcessCrash() {
    super("the process crashed during this call; a message that it handed in may be stored or not");
  }
}
