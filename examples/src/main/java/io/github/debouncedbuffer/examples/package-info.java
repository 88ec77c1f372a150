// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

/** Programs to run and to copy from. */
@NullMarked
package io.github.debouncedbuffer.examples;

import org.jspecify.annotations.NullMarked;
