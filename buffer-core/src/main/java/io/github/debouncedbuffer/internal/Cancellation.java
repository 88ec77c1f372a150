// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.internal;

import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Cancels the stages of asynchronous handlers. That runs the user's code, so it is done on the
 * executor and not where the clock or the lane waits.
 */
final class Cancellation {

  private static final Logger log = LoggerFactory.getLogger(Cancellation.class);

  private final Executor executor;

  Cancellation(Executor executor) {
    this.executor = executor;
  }

  void cancel(Run<?> run) {
    CompletionStage<?> stage = run.state.stage();
    if (stage != null) {
      try {
        executor.execute(() -> cancel(stage));
      } catch (Throwable rejected) {
        log.warn("The executor refused to cancel a handler's stage: {}", rejected.getClass());
      }
    }
  }

  /** For a caller that runs on the executor. */
  static void cancel(CompletionStage<?> stage) {
    try {
      stage.toCompletableFuture().cancel(true);
    } catch (RuntimeException notPossible) {
      log.warn("A handler's stage cannot be cancelled: {}", notPossible.getClass());
    }
  }
}
