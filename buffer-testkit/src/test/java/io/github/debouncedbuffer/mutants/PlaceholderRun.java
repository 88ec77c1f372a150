// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.mutants;

import io.github.debouncedbuffer.Batch;
import io.github.debouncedbuffer.spi.BatchRow;
import java.util.concurrent.CompletableFuture;

/** A handler's call that goes on. To be thrown away. */
record PlaceholderRun(Batch<String> batch, CompletableFuture<Object> end, java.time.Instant began) {
  boolean is(BatchRow row) {
    return row != null && batch.attempt() == row.attempt();
  }
}
