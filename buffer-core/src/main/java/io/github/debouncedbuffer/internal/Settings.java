// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.internal;

import io.github.debouncedbuffer.AsyncHandler;
import io.github.debouncedbuffer.BatchInfo;
import io.github.debouncedbuffer.BufferListener;
import io.github.debouncedbuffer.Codec;
import io.github.debouncedbuffer.Limits;
import io.github.debouncedbuffer.OnLate;
import io.github.debouncedbuffer.RetryPolicy;
import io.github.debouncedbuffer.WindowPolicy;
import io.github.debouncedbuffer.spi.BufferClock;
import io.github.debouncedbuffer.spi.BufferStore;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.function.BiPredicate;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What the builder was told; the builder's setters document each part.
 *
 * @param codec see the builder
 * @param store see the builder
 * @param windows see the builder
 * @param flushRule see the builder
 * @param onLate see the builder
 * @param onBatchStart see the builder
 * @param handler see the builder
 * @param retry see the builder
 * @param limits see the builder
 * @param workers see the builder
 * @param handlerTimeout see the builder
 * @param closeTimeout see the builder
 * @param idRetention see the builder
 * @param listener {@link #NO_LISTENER} if none was given
 * @param executor null if the buffer is to have its own
 * @param commitExecutor null if the buffer is to have its own
 * @param clock null if the buffer is to have its own
 * @param <P> the payload
 */
public record Settings<P>(
    Codec<P> codec,
    BufferStore store,
    Function<? super String, WindowPolicy> windows,
    BiPredicate<? super String, ? super P> flushRule,
    OnLate onLate,
    Consumer<? super BatchInfo> onBatchStart,
    AsyncHandler<P> handler,
    RetryPolicy retry,
    Limits limits,
    int workers,
    Duration handlerTimeout,
    Duration closeTimeout,
    Duration idRetention,
    BufferListener listener,
    @Nullable Executor executor,
    @Nullable Executor commitExecutor,
    @Nullable BufferClock clock) {

  /** Hears nothing, and costs nothing. */
  public static final BufferListener NO_LISTENER = new BufferListener() {};
}
