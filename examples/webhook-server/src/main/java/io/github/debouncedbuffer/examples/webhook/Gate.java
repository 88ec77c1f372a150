// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.examples.webhook;

import org.jspecify.annotations.Nullable;

/** Whether a post is from whom it says. Pure. */
@FunctionalInterface
interface Gate {

  /** For a provider that signs nothing: keep its path a secret, or check at the reverse proxy. */
  Gate OPEN = (signature, body) -> true;

  /** Told the signature's header, null if there is none, and the body as it came. */
  boolean admits(@Nullable String signature, byte[] body);
}
