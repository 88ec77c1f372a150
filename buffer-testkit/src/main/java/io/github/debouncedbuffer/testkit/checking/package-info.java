// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

/** What the simulations of one process and of several nodes share; not exported. */
@NullMarked
package io.github.debouncedbuffer.testkit.checking;

import org.jspecify.annotations.NullMarked;
