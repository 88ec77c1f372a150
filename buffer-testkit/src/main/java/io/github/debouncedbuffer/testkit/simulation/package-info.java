// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

/**
 * Plays scenarios on the real engine, single-threaded in virtual time, and checks the promises G1
 * to G18 after every step. Begin with {@link
 * io.github.debouncedbuffer.testkit.simulation.Simulation}.
 */
@NullMarked
package io.github.debouncedbuffer.testkit.simulation;

import org.jspecify.annotations.NullMarked;
