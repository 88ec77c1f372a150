// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.testkit;

import io.github.debouncedbuffer.spi.BufferClock;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/**
 * One life of the simulated process, from its start to its close or crash. What its buffer has
 * queued or armed at the common clock dies with it.
 */
final class TestProcess implements BufferClock, Executor {

  private final VirtualClock clock;
  private final CompletableFuture<Void> death = new CompletableFuture<>();
  private boolean closing;

  TestProcess(VirtualClock clock) {
    this.clock = clock;
  }

  void die() {
    death.complete(null);
  }

  boolean isDead() {
    return death.isDone();
  }

  void checkAlive() {
    if (isDead()) {
      throw new ProcessCrash();
    }
  }

  void beginClose() {
    closing = true;
  }

  boolean isClosing() {
    return closing;
  }

  @Override
  public void execute(Runnable task) {
    clock.executor().execute(whileAlive(task));
  }

  @Override
  public Instant now() {
    return clock.now();
  }

  @Override
  public Cancellable wakeAt(Instant at, Runnable task) {
    return clock.wakeAt(at, whileAlive(task));
  }

  @Override
  public void await(CompletionStage<?> stage) throws InterruptedException {
    CompletableFuture<?> awaited = stage.toCompletableFuture();
    clock.await(CompletableFuture.anyOf(awaited, death));
    if (!awaited.isDone()) {
      checkAlive();
    }
  }

  private Runnable whileAlive(Runnable task) {
    return () -> {
      if (!isDead()) {
        task.run();
      }
    };
  }
}
