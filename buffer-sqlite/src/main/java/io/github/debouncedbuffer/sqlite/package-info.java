// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

/**
 * The embedded durable store: one SQLite file, one writer, a write-ahead log that is synced with
 * every commit.
 */
@NullMarked
package io.github.debouncedbuffer.sqlite;

import org.jspecify.annotations.NullMarked;
