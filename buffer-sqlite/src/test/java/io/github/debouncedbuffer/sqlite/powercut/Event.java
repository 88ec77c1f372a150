// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.sqlite.powercut;

/** What the traced process did to the files of its folder, in the order in which it was done. */
sealed interface Event {

  /** Opened to be made if it is absent. */
  record Made(String file) implements Event {}

  record Written(String file, int offset, byte[] bytes) implements Event {}

  record Cut(String file, int length) implements Event {}

  record Synced(String file) implements Event {}

  record Removed(String file) implements Event {}

  /** The folder itself: which names are in it is durable from now on. */
  record FolderSynced() implements Event {}

  /** A line that the program wrote for us, beside the store. */
  record Noted(String line) implements Event {}
}
