// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer;

import static java.util.Objects.requireNonNull;

import io.github.debouncedbuffer.internal.Engine;
import io.github.debouncedbuffer.internal.Settings;
import io.github.debouncedbuffer.spi.BufferClock;
import io.github.debouncedbuffer.spi.BufferStore;
import io.github.debouncedbuffer.spi.StoreException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Sets up a buffer. Each setter checks its value at once. Store, window and handler have no
 * default. Not thread-safe; {@link #start} once.
 *
 * @param <P> the payload
 */
public final class DebouncedBufferBuilder<P> {

  private final Codec<P> codec;
  private @Nullable BufferStore store;
  private @Nullable Function<? super String, WindowPolicy> windows;
  private @Nullable AsyncHandler<P> handler;
  private RetryPolicy retry = RetryPolicy.DEFAULT;
  private Limits limits = Limits.DEFAULT;
  private int workers = 32;
  private Duration handlerTimeout = Duration.ofMinutes(5);
  private Duration closeTimeout = Duration.ofSeconds(30);
  private Duration idRetention = Duration.ofDays(7);
  private BufferListener listener = Settings.NO_LISTENER;
  private @Nullable Executor executor;
  private @Nullable Executor commitExecutor;
  private @Nullable BufferClock clock;

  DebouncedBufferBuilder(Codec<P> codec) {
    this.codec = requireNonNull(codec, "codec");
  }

  /**
   * Where messages are kept. The store belongs to the buffer, which closes it.
   *
   * @param newStore an open store that no other buffer uses
   * @return this builder
   */
  public DebouncedBufferBuilder<P> store(BufferStore newStore) {
    store = requireNonNull(newStore, "store");
    return this;
  }

  /**
   * One window policy for all keys.
   *
   * @param policy how long to collect
   * @return this builder
   */
  public DebouncedBufferBuilder<P> window(WindowPolicy policy) {
    return windows(key -> policy);
  }

  /**
   * A window policy per key, asked on the submitting thread for each message; it counts if the
   * message opens a window. If the function throws, the submit is an IllegalArgumentException.
   *
   * @param policies thread-safe and quick
   * @return this builder
   */
  public DebouncedBufferBuilder<P> windows(Function<? super String, WindowPolicy> policies) {
    windows = requireNonNull(policies, "windows");
    return this;
  }

  /**
   * Who handles batches, on a thread of the executor for as long as it takes.
   *
   * @param newHandler called for several keys at once, never twice at once for one
   * @return this builder
   */
  public DebouncedBufferBuilder<P> handler(Handler<P> newHandler) {
    return asyncHandler(
        batch -> {
          newHandler.handle(batch);
          return CompletableFuture.completedFuture(null);
        });
  }

  /**
   * Who handles batches, without keeping a thread.
   *
   * @param newHandler called for several keys at once; one key's next call waits for the stage
   * @return this builder
   */
  public DebouncedBufferBuilder<P> asyncHandler(AsyncHandler<P> newHandler) {
    handler = requireNonNull(newHandler, "handler");
    return this;
  }

  /**
   * How failed batches are tried again.
   *
   * @param policy {@link RetryPolicy#DEFAULT} if not set
   * @return this builder
   */
  public DebouncedBufferBuilder<P> retry(RetryPolicy policy) {
    retry = requireNonNull(policy, "retry");
    return this;
  }

  /**
   * What is refused.
   *
   * @param newLimits {@link Limits#DEFAULT} if not set
   * @return this builder
   */
  public DebouncedBufferBuilder<P> limits(Limits newLimits) {
    limits = requireNonNull(newLimits, "limits");
    return this;
  }

  /**
   * How many handlers run at once; as many again may replace ones that exceed their timeout.
   *
   * @param atOnce 1 to 100,000; 32 if not set
   * @return this builder
   */
  public DebouncedBufferBuilder<P> workers(int atOnce) {
    Limits.within("workers", atOnce, 100_000);
    workers = atOnce;
    return this;
  }

  /**
   * After how long a handler is interrupted (a stage: cancelled). Its key stays running until it
   * really returns; normal return still means handled.
   *
   * @param timeout longer than zero; 5 minutes if not set
   * @return this builder
   */
  public DebouncedBufferBuilder<P> handlerTimeout(Duration timeout) {
    handlerTimeout = Durations.positive("handlerTimeout", timeout);
    return this;
  }

  /**
   * How long {@link DebouncedBuffer#close()} waits for handlers before it interrupts them.
   *
   * @param timeout zero or more; 30 seconds if not set
   * @return this builder
   */
  public DebouncedBufferBuilder<P> closeTimeout(Duration timeout) {
    closeTimeout = Durations.notNegative("closeTimeout", timeout);
    return this;
  }

  /**
   * How long a message id is remembered after its message was handled or thrown away.
   *
   * @param retention zero or more; 7 days if not set, since providers redeliver that long
   * @return this builder
   */
  public DebouncedBufferBuilder<P> idRetention(Duration retention) {
    idRetention = Durations.notNegative("idRetention", retention);
    return this;
  }

  /**
   * Who is told of each step.
   *
   * @param newListener called on the executor, in order
   * @return this builder
   */
  public DebouncedBufferBuilder<P> listener(BufferListener newListener) {
    listener = requireNonNull(newListener, "listener");
    return this;
  }

  /**
   * Where handlers, listeners and the stages of {@code submitAsync} run. It must not run tasks
   * within {@code execute}, and is not shut down by the buffer.
   *
   * @param newExecutor virtual threads where the JVM has them, else a pool of daemon threads, if
   *     not set
   * @return this builder
   */
  public DebouncedBufferBuilder<P> executor(Executor newExecutor) {
    executor = requireNonNull(newExecutor, "executor");
    return this;
  }

  /**
   * Where all transactions run, one after the other; {@code Runnable::run} has submitters commit.
   *
   * @param newExecutor if not set, a daemon thread of the buffer's own, or callers who find it idle
   * @return this builder
   */
  public DebouncedBufferBuilder<P> commitExecutor(Executor newExecutor) {
    commitExecutor = requireNonNull(newExecutor, "commitExecutor");
    return this;
  }

  /**
   * What tells the time and wakes.
   *
   * @param newClock the system's, if not set
   * @return this builder
   */
  public DebouncedBufferBuilder<P> clock(BufferClock newClock) {
    clock = requireNonNull(newClock, "clock");
    return this;
  }

  /**
   * Recovers what the last process left and begins to hand over. A failure closes the store.
   *
   * @return the buffer
   * @throws IllegalStateException if store, window or handler is missing
   * @throws StoreException if the store failed
   */
  public DebouncedBuffer<P> start() {
    return Engine.start(
        new Settings<>(
            codec,
            given("store", store),
            given("window", windows),
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
            clock));
  }

  private static <T> T given(String name, @Nullable T value) {
    if (value == null) {
      throw new IllegalStateException(name + " is not set; a buffer cannot start without it");
    }
    return value;
  }
}
