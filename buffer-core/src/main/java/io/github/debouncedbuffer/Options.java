// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer;

import io.github.debouncedbuffer.internal.Settings;
import io.github.debouncedbuffer.spi.BufferClock;
import io.github.debouncedbuffer.spi.BufferStore;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.function.BiPredicate;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What a builder was told so far, and what holds where it was told nothing. Not thread-safe. */
final class Options<P> {

  final Codec<P> codec;
  @Nullable BufferStore store;
  @Nullable Function<? super String, WindowPolicy> windows;
  BiPredicate<? super String, ? super P> flushRule = (key, message) -> false;
  OnLate onLate = OnLate.collect();
  Consumer<? super BatchInfo> onBatchStart = batch -> {};
  @Nullable AsyncHandler<P> handler;
  RetryPolicy retry = RetryPolicy.DEFAULT;
  Limits limits = Limits.DEFAULT;
  int workers = 32;
  Duration handlerTimeout = Duration.ofMinutes(5);
  Duration closeTimeout = Duration.ofSeconds(30);
  Duration idRetention = Duration.ofDays(7);
  BufferListener listener = Settings.NO_LISTENER;
  @Nullable Executor executor;
  @Nullable Executor commitExecutor;
  @Nullable BufferClock clock;

  Options(Codec<P> codec) {
    this.codec = codec;
  }

  /** All of it, if nothing is missing. */
  Settings<P> settings() {
    return new Settings<>(
        codec,
        given("store", store),
        given("window", windows),
        flushRule,
        onLate,
        onBatchStart,
        given("handler", handler),
        retry,
        limits,
        workers,
        handlerTimeout,
        closeTimeout,
        idRetention,
        listener,
        executor,
        commitExecutor,
        clock);
  }

  private static <T> T given(String name, @Nullable T value) {
    if (value == null) {
      throw new IllegalStateException(name + " is not set; a buffer cannot start without it");
    }
    return value;
  }
}
