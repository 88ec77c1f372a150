// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.benchmarks.postgres;

import io.github.debouncedbuffer.spi.BufferStore;
import io.github.debouncedbuffer.spi.StoreWork;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;

/** A store that does what another does; who measures overrides something of it. */
abstract class WrappedStore implements BufferStore {

  private final BufferStore store;

  WrappedStore(BufferStore store) {
    this.store = store;
  }

  @Override
  public String storeId() {
    return store.storeId();
  }

  @Override
  public <R> R transact(StoreWork<R> work) {
    return store.transact(work);
  }

  @Override
  public boolean bearsInterrupts() {
    return store.bearsInterrupts();
  }

  @Override
  public Optional<Duration> lease() {
    return store.lease();
  }

  @Override
  public void listen(Consumer<Instant> sooner) {
    store.listen(sooner);
  }

  @Override
  public boolean offers(Class<?> type) {
    return store.offers(type);
  }

  @Override
  public void close() {
    store.close();
  }
}
