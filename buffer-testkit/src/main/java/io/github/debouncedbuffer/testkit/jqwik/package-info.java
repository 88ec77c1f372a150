// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

/** Scenarios for properties of one's own; needs jqwik 1.9 on the class path. */
@NullMarked
package io.github.debouncedbuffer.testkit.jqwik;

import org.jspecify.annotations.NullMarked;
