// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.testkit;

import io.github.debouncedbuffer.Batch;
import java.time.Instant;
import java.util.Optional;

/**
 * One call of the handler under test, as a {@link TestBuffer} saw it. Immutable, if the payloads
 * are.
 *
 * @param batch what the handler got, with its id and attempt
 * @param at when it was called
 * @param endedAt when it returned, its stage ended, or it threw; empty while it runs, and for ever
 *     if the process died meanwhile
 * @param failure what it threw, or what its stage ended with; empty if it returned normally, has
 *     not ended, or was cancelled because the buffer closed, which is no attempt
 * @param <P> the payload
 */
public record TestRun<P>(
    Batch<P> batch, Instant at, Optional<Instant> endedAt, Optional<Throwable> failure) {

  /** The handler was just called. */
  static <P> TestRun<P> begun(Batch<P> batch, Instant at) {
    return new TestRun<>(batch, at, Optional.empty(), Optional.empty());
  }

  TestRun<P> ended(Instant end, Optional<Throwable> why) {
    return new TestRun<>(batch, at, Optional.of(end), why);
  }
}
