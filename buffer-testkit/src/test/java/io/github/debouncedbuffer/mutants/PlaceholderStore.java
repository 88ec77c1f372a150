// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.mutants;

import io.github.debouncedbuffer.memory.InMemoryBufferStore;
import io.github.debouncedbuffer.spi.BufferStore;
import io.github.debouncedbuffer.spi.StoreException;
import io.github.debouncedbuffer.spi.StoreWork;
import java.util.function.Function;

/** A store that fails when told to, and has every commit looked at. To be thrown away. */
final class PlaceholderStore implements BufferStore {

  InMemoryBufferStore raw = new InMemoryBufferStore("sim");
  StoreException.Reason before;
  StoreException.Reason after;
  Runnable committed = () -> {};
  int faults;

  <R> R look(Function<io.github.debouncedbuffer.spi.StoreTransaction, R> at) {
    return raw.transact(at::apply);
  }

  @Override
  public String storeId() {
    return raw.storeId();
  }

  @Override
  public <R> R transact(StoreWork<R> work) {
    if (before != null) {
      StoreException.Reason reason = before;
      before = null;
      faults++;
      return raw.transact(
          t -> {
            work.in(t);
            throw new StoreException(reason, "planned before");
          });
    }
    R result = raw.transact(work);
    committed.run();
    if (after != null) {
      after = null;
      faults++;
      throw new StoreException(StoreException.Reason.OUTCOME_UNKNOWN, "planned after");
    }
    return result;
  }

  @Override
  public void close() {
    // the data go on
  }
}
