// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

/** Plays the real buffer in a world of virtual time, for the tests of its users and its own. */
module io.github.debouncedbuffer.testkit {
  requires transitive io.github.debouncedbuffer;
  requires static net.jqwik.api;
  requires static org.jspecify;
  requires static org.junit.jupiter.api; // by the store contract alone

  exports io.github.debouncedbuffer.testkit;
  exports io.github.debouncedbuffer.testkit.contract;
  exports io.github.debouncedbuffer.testkit.jqwik;
  exports io.github.debouncedbuffer.testkit.nodes;
  exports io.github.debouncedbuffer.testkit.simulation;

  // The contract's tests stand in classes that only JUnit sees.
  opens io.github.debouncedbuffer.testkit.contract to
      org.junit.platform.commons;
}
