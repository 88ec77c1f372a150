// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

/** Collects a chat user's messages durably and has each burst answered once. */
module io.github.debouncedbuffer {
  requires org.slf4j;
  requires static org.jspecify;

  exports io.github.debouncedbuffer;
  exports io.github.debouncedbuffer.memory;
  exports io.github.debouncedbuffer.spi;
}
