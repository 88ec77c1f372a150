// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer;

import java.time.Instant;
import java.util.Optional;

/**
 * One message of a batch. Immutable, if its payload is.
 *
 * @param sequence its place in the order of acceptance, growing per key, never used again
 * @param id the caller's message id, if one was given
 * @param arrivedAt when it was accepted
 * @param payload what was submitted
 * @param <P> the payload
 */
public record Message<P>(long sequence, Optional<String> id, Instant arrivedAt, P payload) {}
