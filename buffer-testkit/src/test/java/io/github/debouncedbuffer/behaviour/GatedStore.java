// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.debouncedbuffer.memory.InMemoryBufferStore;
import io.github.debouncedbuffer.spi.BufferStore;
import io.github.debouncedbuffer.spi.StoreWork;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Holds a transaction back until the test lets it go. */
final class GatedStore implements BufferStore {
  final InMemoryBufferStore store = new InMemoryBufferStore();
  final AtomicInteger transactions = new AtomicInteger();
  final BlockingQueue<CountDownLatch> gates = new LinkedBlockingQueue<>();
  final CountDownLatch reached = new CountDownLatch(1);

  @Override
  public String storeId() {
    return store.storeId();
  }

  @Override
  public <R> R transact(StoreWork<R> work) {
    transactions.incrementAndGet();
    CountDownLatch gate = gates.poll();
    if (gate != null) {
      reached.countDown();
      awaitUninterruptibly(gate);
    }
    return store.transact(work);
  }

  @Override
  public void close() {
    store.close();
  }

  static void awaitUninterruptibly(CountDownLatch latch) {
    try {
      assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
