// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors
package io.github.debouncedbuffer.canary;

import org.jspecify.annotations.Nullable;

/**
 * Broken on purpose: the build must refuse this file. It stands in a package without
 * {@code @NullMarked}, so it also says that forgetting that annotation switches nothing off.
 */
final class Canary {
  private Canary() {}

  static int length(@Nullable String mayBeNull) {
    return mayBeNull.length();
  }
}
