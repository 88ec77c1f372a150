// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.examples;

/** What answers customers. */
@FunctionalInterface
interface Bot {
  void receive(String customer, String text);
}
