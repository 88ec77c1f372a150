// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.behaviour;

import io.github.debouncedbuffer.spi.BufferStore;
import io.github.debouncedbuffer.spi.StoreException;
import io.github.debouncedbuffer.spi.StoreException.Reason;
import io.github.debouncedbuffer.spi.StoreTransaction;
import io.github.debouncedbuffer.spi.StoreWork;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A store that a test taps at one call, whichever transaction makes it. On one thread. */
final class TappedStore implements BufferStore {

  private final BufferStore store;
  private @Nullable String unknownAfter;
  private @Nullable String tapped;
  private Runnable tap = () -> {};
  private boolean called;
  private boolean full;

  TappedStore(BufferStore store) {
    this.store = store;
  }

  /** Keeps the wrapper where the test can reach it. */
  static UnaryOperator<BufferStore> into(TappedStore[] kept) {
    return store -> kept[0] = new TappedStore(store);
  }

  /** The next transaction that buries something is committed, and its outcome is unknown. */
  void failAfterBurying() {
    unknownAfter = "bury";
  }

  /** Runs this within the next claim, when its batch is as good as claimed. */
  void whileClaiming(Runnable task) {
    tapped = "nextTokens";
    tap = task;
  }

  /** From now on there is no room for new messages; all else is stored. */
  void refuseAppends() {
    full = true;
  }

  /** Whether what was planned for one call has happened. */
  boolean fired() {
    return unknownAfter == null && tapped == null;
  }

  @Override
  public String storeId() {
    return store.storeId();
  }

  @Override
  public <R> R transact(StoreWork<R> work) {
    called = false;
    R result = store.transact(transaction -> work.in(tapped(transaction)));
    if (called) {
      unknownAfter = null;
      throw new StoreException(Reason.OUTCOME_UNKNOWN, "planned, after the commit");
    }
    return result;
  }

  private StoreTransaction tapped(StoreTransaction transaction) {
    return (StoreTransaction)
        Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {StoreTransaction.class},
            (proxy, call, arguments) -> {
              before(call.getName());
              return invoke(call, transaction, arguments);
            });
  }

  private void before(String call) {
    if (full && call.equals("append")) {
      throw new StoreException(Reason.FULL, "planned, no room");
    }
    called |= call.equals(unknownAfter);
    if (call.equals(tapped)) {
      tapped = null;
      tap.run();
    }
  }

  private static Object invoke(Method call, StoreTransaction transaction, Object[] arguments)
      throws Throwable {
    try {
      return call.invoke(transaction, arguments);
    } catch (InvocationTargetException thrown) {
      throw thrown.getCause();
    }
  }

  @Override
  public void close() {
    store.close();
  }
}
