// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

/**
 * Key rows in the memory of one process, and what stores on disk check, for this project's own
 * stores. Not for others: it may change at any time, and the module exports it to those stores
 * only.
 */
@NullMarked
package io.github.debouncedbuffer.index;

import org.jspecify.annotations.NullMarked;
