// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

/**
 * Meters of a buffer for Micrometer. Begin with {@link
 * io.github.debouncedbuffer.micrometer.DebouncedBufferMetrics#of}.
 */
@NullMarked
package io.github.debouncedbuffer.micrometer;

import org.jspecify.annotations.NullMarked;
