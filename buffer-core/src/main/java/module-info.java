// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

/** Collects a chat user's messages durably and has each burst answered once. */
@SuppressWarnings(
    "module") // the modules of the stores that may see the index are compiled after this one
module io.github.debouncedbuffer {
  requires org.slf4j;
  requires static org.jspecify;

  exports io.github.debouncedbuffer;
  exports io.github.debouncedbuffer.index to
      io.github.debouncedbuffer.postgres,
      io.github.debouncedbuffer.sqlite;
  exports io.github.debouncedbuffer.memory;
  exports io.github.debouncedbuffer.spi;
}
