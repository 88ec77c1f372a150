// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

/** Counts, times and gauges what a buffer does, for Micrometer. */
module io.github.debouncedbuffer.micrometer {
  requires transitive io.github.debouncedbuffer;
  requires transitive micrometer.core;
  requires static org.jspecify;

  exports io.github.debouncedbuffer.micrometer;
}
