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
 * What a builder was told so far, and what holds where it was told nothing. Not thread-safe.
 *
 * @param <P> the payload
 */
public final class SettingsDraft<P> {

  public final Codec<P> codec;
  public @Nullable BufferStore store;
  public @Nullable Function<? super String, WindowPolicy> windows;
  public BiPredicate<? super String, ? super P> flushRule = (key, payload) -> false;
  public OnLate onLate = OnLate.collect();
  public Consumer<? super BatchInfo> onBatchStart = batch -> {};
  public @Nullable AsyncHandler<P> handler;
  public RetryPolicy retry = RetryPolicy.DEFAULT;
  public Limits limits = Limits.DEFAULT;
  public int workers = 32;
  public Duration handlerTimeout = Duration.ofMinutes(5);
  public Duration closeTimeout = Duration.ofSeconds(30);
  public Duration idRetention = Duration.ofDays(7);
  public BufferListener listener = Settings.NO_LISTENER;
  public @Nullable Executor executor;
  public @Nullable Executor commitExecutor;
  public @Nullable BufferClock clock;

  /**
   * Nothing but the codec is given.
   *
   * @param codec see the builder
   */
  public SettingsDraft(Codec<P> codec) {
    this.codec = codec;
  }

  /**
   * All of it.
   *
   * @return the settings
   * @throws IllegalStateException if something without a default is missing
   */
  public Settings<P> complete() {
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
