// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.testkit;

import static java.util.Objects.requireNonNull;

import io.github.debouncedbuffer.AsyncHandler;
import io.github.debouncedbuffer.Batch;
import io.github.debouncedbuffer.Handler;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Stands between the buffer and the handler under test, and writes down each run. */
final class RunRecorder<P> {

  private final VirtualClock clock;
  private final AsyncHandler<P> handler;
  private final Thread owner = Thread.currentThread();
  private final List<TestRun<P>> runs = new ArrayList<>();
  private final List<Throwable> unseen = new ArrayList<>();

  /** The process whose handler is calling now; null if it is the test. */
  private @Nullable TestProcess caller;

  private int depth;
  private volatile @Nullable String foreignThread;

  RunRecorder(VirtualClock clock, AsyncHandler<P> handler) {
    this.clock = clock;
    this.handler = handler;
  }

  /** A handler that is not asynchronous, as one that is. */
  static <P> AsyncHandler<P> returning(Handler<P> handler) {
    requireNonNull(handler, "handler");
    return batch -> {
      handler.handle(batch);
      return CompletableFuture.completedFuture(null);
    };
  }

  /** The handler, for the buffer of one process. */
  AsyncHandler<P> in(TestProcess process) {
    return batch -> handle(process, batch);
  }

  private CompletionStage<?> handle(TestProcess process, Batch<P> batch) throws Exception {
    int number = runs.size();
    runs.add(TestRun.begun(batch, clock.now()));
    TestProcess below = caller;
    caller = process;
    depth++;
    CompletionStage<?> stage;
    try {
      stage = requireNonNull(handler.handle(batch), "the handler returned null, not a stage");
    } catch (Throwable thrown) {
      ended(process, number, thrown);
      throw thrown;
    } finally {
      depth--;
      caller = below;
    }
    stage.whenComplete((ignored, failure) -> ended(process, number, failure));
    return stage;
  }

  private void ended(TestProcess process, int number, @Nullable Throwable thrown) {
    if (Thread.currentThread() != owner) {
      foreignThread = Thread.currentThread().getName();
    } else if (!process.isDead()) {
      Optional<Throwable> failure =
          Optional.ofNullable(thrown)
              .map(RunRecorder::cause)
              .filter(t -> !(process.isClosing() && t instanceof CancellationException));
      runs.set(number, runs.get(number).ended(clock.now(), failure));
      failure.ifPresent(unseen::add);
    }
  }

  private static Throwable cause(Throwable thrown) {
    Throwable cause = thrown.getCause();
    return thrown instanceof CompletionException && cause != null ? cause : thrown;
  }

  /** Plays something that happens outside the process, be it while a handler lets time pass. */
  void outside(Runnable event) {
    TestProcess below = caller;
    caller = null;
    try {
      event.run();
    } finally {
      caller = below;
    }
  }

  /** Ends the handler that is calling, if its process has died below it. */
  void checkCallerAlive() {
    if (caller != null) {
      caller.checkAlive();
    }
  }

  /** Whether a handler waits below, for the test's thread is the only one. */
  boolean isHandling() {
    return depth > 0;
  }

  List<TestRun<P>> runs() {
    return List.copyOf(runs);
  }

  /** All failures, which the test has seen by this. */
  List<Throwable> failures() {
    unseen.clear();
    return runs.stream().flatMap(run -> run.failure().stream()).toList();
  }

  /** No test may be green because a failure was hidden by the next attempt. */
  void throwUnseen() {
    if (!unseen.isEmpty()) {
      List<Throwable> told = List.copyOf(unseen);
      unseen.clear();
      var error =
          new AssertionError(
              "the handler failed: %d; first: %s; a test that expects it asks failures()"
                  .formatted(told.size(), told.get(0)),
              told.get(0));
      told.stream().skip(1).forEach(error::addSuppressed);
      throw error;
    }
  }

  void checkThreads() {
    if (foreignThread != null) {
      throw new IllegalStateException(
          "thread '%s' ended the handler's stage, and nobody hears it; have it ended on"
                  .formatted(foreignThread)
              + " clock().executor(), or by after(Duration)");
    }
  }
}
