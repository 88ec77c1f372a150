// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

/** A store that keeps everything in this process's memory: for tests, simulations and trials. */
@NullMarked
package io.github.debouncedbuffer.memory;

import org.jspecify.annotations.NullMarked;
