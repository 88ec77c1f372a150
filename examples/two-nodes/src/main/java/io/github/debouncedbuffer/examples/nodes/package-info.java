// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

/** Two processes that share one Postgres: whichever is alive answers. */
@NullMarked
package io.github.debouncedbuffer.examples.nodes;

import org.jspecify.annotations.NullMarked;
