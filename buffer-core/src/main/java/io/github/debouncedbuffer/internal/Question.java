// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.internal;

import io.github.debouncedbuffer.spi.BufferClock;
import io.github.debouncedbuffer.spi.MessageId;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A caller's command and its answer. The answer is a supplier, for a sequence is known only when
 * the unit was written and a refusal is to be thrown to the caller alone.
 */
class Question<R> extends Command {

  private enum Stage {
    QUEUED,
    TAKEN,
    WITHDRAWN
  }

  final CompletableFuture<Supplier<R>> answer = new CompletableFuture<>();
  private final List<String> keys;
  private final @Nullable MessageId id;
  private final Function<Unit, Supplier<R>> step;
  private final AtomicReference<Stage> stage = new AtomicReference<>(Stage.QUEUED);

  Question(List<String> keys, Function<Unit, Supplier<R>> step) {
    this(keys, null, step);
  }

  /** {@code id}: the message id that may be known. */
  Question(List<String> keys, @Nullable MessageId id, Function<Unit, Supplier<R>> step) {
    this.keys = keys;
    this.id = id;
    this.step = step;
  }

  @Override
  List<String> keys() {
    return keys;
  }

  @Override
  @Nullable MessageId id() {
    return id;
  }

  @Override
  boolean isOwn() {
    return false;
  }

  @Override
  boolean take() {
    return stage.compareAndSet(Stage.QUEUED, Stage.TAKEN);
  }

  /** Takes the command back; false if the lane was faster. */
  private boolean withdraw() {
    return stage.compareAndSet(Stage.QUEUED, Stage.WITHDRAWN);
  }

  @Override
  void decide(Unit unit) {
    Supplier<R> result = step.apply(unit);
    unit.afterCommit(() -> answer.complete(result));
  }

  @Override
  void failed(Throwable why) {
    answer.completeExceptionally(why);
  }

  /** The answer, told by a callback; never on the lane. */
  CompletableFuture<R> toldBy(Callbacks callbacks) {
    CompletableFuture<R> told = new CompletableFuture<>();
    CompletableFuture<?> unused =
        answer.whenComplete((result, why) -> callbacks.run(() -> tell(told, result, why)));
    return told;
  }

  private static <R> void tell(
      CompletableFuture<R> told, Supplier<R> result, @Nullable Throwable why) {
    try {
      if (why == null) {
        told.complete(result.get());
      } else {
        told.completeExceptionally(why);
      }
    } catch (RuntimeException refused) {
      told.completeExceptionally(refused);
    }
  }

  /** Waits for the answer. An interrupt takes the question back, or else waits for the outcome. */
  R await(BufferClock clock) {
    return await(clock, true);
  }

  /** Waits for the outcome, interrupted or not. */
  R outcome(BufferClock clock) {
    return await(clock, false);
  }

  private R await(BufferClock clock, boolean withdraws) {
    boolean interrupted = false;
    try {
      while (!answer.isDone()) {
        try {
          clock.await(answer);
        } catch (InterruptedException e) {
          interrupted = true;
          if (withdraws && withdraw()) {
            throw new CancellationException(
                "interrupted before it was taken; nothing was changed, trying again is safe");
          }
        }
      }
      return answer.join().get();
    } catch (CompletionException failed) {
      throw Failures.unwrapped(failed);
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
