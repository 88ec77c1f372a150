// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

/**
 * Collects the messages of a key (a chat user, say) durably and hands each burst to a handler once.
 * Begin with {@link io.github.debouncedbuffer.DebouncedBuffer#builder}.
 */
@NullMarked
package io.github.debouncedbuffer;

import org.jspecify.annotations.NullMarked;
