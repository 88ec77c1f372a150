// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.benchmarks.postgres;

import io.github.debouncedbuffer.spi.BufferStore;
import io.github.debouncedbuffer.spi.StoreWork;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Notes how many round trips each transaction took. */
final class TurnsStore extends WrappedStore {

  private final List<Long> turns = new CopyOnWriteArrayList<>();

  /**
   * Notes those of one store.
   *
   * @param store whose connections come from {@link Turns}
   */
  TurnsStore(BufferStore store) {
    super(store);
  }

  /** Of each transaction since it was opened, in their order. */
  List<Long> turns() {
    return turns;
  }

  @Override
  public <R> R transact(StoreWork<R> work) {
    long before = Turns.taken();
    R result = super.transact(work);
    turns.add(Turns.taken() - before);
    return result;
  }
}
