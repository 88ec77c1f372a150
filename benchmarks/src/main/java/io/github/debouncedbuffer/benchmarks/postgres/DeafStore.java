// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.benchmarks.postgres;

import io.github.debouncedbuffer.spi.BufferStore;
import java.time.Instant;
import java.util.function.Consumer;

/** Nobody tells it what other nodes commit: its buffer has to look by itself. */
final class DeafStore extends WrappedStore {

  DeafStore(BufferStore store) {
    super(store);
  }

  @Override
  public void listen(Consumer<Instant> sooner) {}
}
