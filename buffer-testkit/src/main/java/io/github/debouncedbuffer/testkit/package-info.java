// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

/** A deterministic world for the real buffer: time is a value and nothing runs by itself. */
@NullMarked
package io.github.debouncedbuffer.testkit;

import org.jspecify.annotations.NullMarked;
