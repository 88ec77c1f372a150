// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

/** Whoever tests with the virtual clock needs no module besides. */
module com.example.clock {
  requires io.github.debouncedbuffer.testkit;
}
