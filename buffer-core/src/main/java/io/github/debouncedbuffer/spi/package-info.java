// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

/**
 * What a store and a clock must do for the buffer. Whoever writes one needs this package only: it
 * knows nothing but the JDK. The obligations of a store are numbered S1 to S16.
 */
@NullMarked
package io.github.debouncedbuffer.spi;

import org.jspecify.annotations.NullMarked;
