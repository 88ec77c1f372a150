// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer;

import static java.util.Objects.requireNonNull;

import io.github.debouncedbuffer.internal.Engine;
import io.github.debouncedbuffer.internal.SettingsDraft;
import io.github.debouncedbuffer.spi.BufferClock;
import io.github.debouncedbuffer.spi.BufferStore;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.BiPredicate;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Sets up a buffer. Store, window and handler have no default. Not thread-safe; start once.
 *
 * @param <P> the payload
 */
public final class DebouncedBufferBuilder<P> {

  private final SettingsDraft<P> settings;

  DebouncedBufferBuilder(Codec<P> codec) {
    settings = new SettingsDraft<>(requireNonNull(codec, "codec"));
  }

  /**
   * Where messages are kept. The store belongs to the buffer, which closes it.
   *
   * @param newStore an open store that no other buffer uses
   * @return this builder
   */
  public DebouncedBufferBuilder<P> store(BufferStore newStore) {
    settings.store = requireNonNull(newStore, "store");
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
    settings.windows = requireNonNull(policies, "windows");
    return this;
  }

  /**
   * Which messages make their key due now, with all that waits: a command, say, or an attachment.
   * Asked on the submitting thread for each message; if the rule throws, the submit is an
   * IllegalArgumentException. While a batch runs or backs off it concerns the follow-up.
   *
   * @param rule thread-safe and quick; told the key and the payload
   * @return this builder
   */
  public DebouncedBufferBuilder<P> flushWhen(BiPredicate<? super String, ? super P> rule) {
    settings.flushRule = requireNonNull(rule, "rule");
    return this;
  }

  /**
   * What a message does to the batch that runs when it arrives.
   *
   * @param rule {@link OnLate#collect} if not set
   * @return this builder
   */
  public DebouncedBufferBuilder<P> onLate(OnLate rule) {
    settings.onLate = requireNonNull(rule, "rule");
    return this;
  }

  /**
   * Is told when a batch is handed over for the first time, to show "typing...", say.
   *
   * @param hook called on the handler's thread, right before the handler, once for each batch (once
   *     more if a close gave it back); what it throws is logged and ignored
   * @return this builder
   */
  public DebouncedBufferBuilder<P> onBatchStart(Consumer<? super BatchInfo> hook) {
    settings.onBatchStart = requireNonNull(hook, "hook");
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
    settings.handler = requireNonNull(newHandler, "handler");
    return this;
  }

  /**
   * How failed batches are tried again.
   *
   * @param policy {@link RetryPolicy#DEFAULT} if not set
   * @return this builder
   */
  public DebouncedBufferBuilder<P> retry(RetryPolicy policy) {
    settings.retry = requireNonNull(policy, "retry");
    return this;
  }

  /**
   * What is refused.
   *
   * @param newLimits {@link Limits#DEFAULT} if not set
   * @return this builder
   */
  public DebouncedBufferBuilder<P> limits(Limits newLimits) {
    settings.limits = requireNonNull(newLimits, "limits");
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
    settings.workers = atOnce;
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
    settings.handlerTimeout = Durations.positive("handlerTimeout", timeout);
    return this;
  }

  /**
   * How long {@link DebouncedBuffer#close()} waits for handlers before it interrupts them.
   *
   * @param timeout zero or more; 30 seconds if not set
   * @return this builder
   */
  public DebouncedBufferBuilder<P> closeTimeout(Duration timeout) {
    settings.closeTimeout = Durations.notNegative("closeTimeout", timeout);
    return this;
  }

  /**
   * How long a message id is remembered after its message was handled or thrown away.
   *
   * @param retention zero or more; 7 days if not set, since providers redeliver that long
   * @return this builder
   */
  public DebouncedBufferBuilder<P> idRetention(Duration retention) {
    settings.idRetention = Durations.notNegative("idRetention", retention);
    return this;
  }

  /**
   * Who is told of each step.
   *
   * @param newListener called on the executor, in order
   * @return this builder
   */
  public DebouncedBufferBuilder<P> listener(BufferListener newListener) {
    settings.listener = requireNonNull(newListener, "listener");
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
    settings.executor = requireNonNull(newExecutor, "executor");
    return this;
  }

  /**
   * Where transactions run, one after the other; {@code Runnable::run} has submitters commit.
   *
   * @param newExecutor if not set, a daemon thread of the buffer's own, or callers who find it idle
   * @return this builder
   */
  public DebouncedBufferBuilder<P> commitExecutor(Executor newExecutor) {
    settings.commitExecutor = requireNonNull(newExecutor, "commitExecutor");
    return this;
  }

  /**
   * What tells the time and wakes.
   *
   * @param newClock the system's, if not set
   * @return this builder
   */
  public DebouncedBufferBuilder<P> clock(BufferClock newClock) {
    settings.clock = requireNonNull(newClock, "clock");
    return this;
  }

  /**
   * Recovers what the last process left, and begins. If that fails the store is closed, and what it
   * has thrown is passed on.
   *
   * @return the buffer
   * @throws IllegalStateException if store, window or handler is missing
   */
  public DebouncedBuffer<P> start() {
    return Engine.start(settings.complete());
  }
}
