// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

/**
 * The contract of a store, to be run over any store: {@link
 * io.github.debouncedbuffer.testkit.contract.BufferStoreContract}. Needs JUnit Jupiter, which the
 * rest of the test kit does without.
 */
@NullMarked
package io.github.debouncedbuffer.testkit.contract;

import org.jspecify.annotations.NullMarked;
