// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

/**
 * The engine. Nothing here is API.
 *
 * <p>{@link io.github.debouncedbuffer.internal.Protocol} decides what happens to a key, {@link
 * io.github.debouncedbuffer.internal.CommitLane} brings commands into transactions, {@link
 * io.github.debouncedbuffer.internal.Engine} ties them to clock, handler and store.
 */
@NullMarked
package io.github.debouncedbuffer.internal;

import org.jspecify.annotations.NullMarked;
