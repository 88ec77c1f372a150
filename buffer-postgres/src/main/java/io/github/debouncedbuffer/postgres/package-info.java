// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

/**
 * The store that any number of nodes share: one PostgreSQL schema, row locks, claims with a lease
 * by the database's clock.
 */
@NullMarked
package io.github.debouncedbuffer.postgres;

import org.jspecify.annotations.NullMarked;
