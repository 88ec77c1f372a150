// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

/**
 * Plays several nodes, each with a real buffer of its own, over one shared store in virtual time,
 * and checks what the library promises of them.
 */
@NullMarked
package io.github.debouncedbuffer.testkit.nodes;

import org.jspecify.annotations.NullMarked;
