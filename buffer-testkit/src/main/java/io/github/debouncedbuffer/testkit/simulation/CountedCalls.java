// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.testkit.simulation;

import io.github.debouncedbuffer.spi.StoreTransaction;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.function.Supplier;

/** A transaction whose calls are counted, and fail from a certain one on. */
final class CountedCalls {

  private final StoreTransaction inner;
  private final int failAt;
  private final Supplier<RuntimeException> failure;
  private int made;

  CountedCalls(StoreTransaction inner) {
    this(inner, Integer.MAX_VALUE, IllegalStateException::new);
  }

  /** The call of this number, from 0, throws instead of doing anything, and so do all after it. */
  CountedCalls(StoreTransaction inner, int failAt, Supplier<RuntimeException> failure) {
    this.inner = inner;
    this.failAt = failAt;
    this.failure = failure;
  }

  /** What the work is given in the place of the real one. */
  StoreTransaction transaction() {
    return (StoreTransaction)
        Proxy.newProxyInstance(
            StoreTransaction.class.getClassLoader(),
            new Class<?>[] {StoreTransaction.class},
            (proxy, method, arguments) -> call(method, arguments));
  }

  int made() {
    return made;
  }

  private Object call(Method method, Object[] arguments) throws Throwable {
    if (made++ >= failAt) {
      throw failure.get();
    }
    try {
      return method.invoke(inner, arguments);
    } catch (InvocationTargetException thrown) {
      throw thrown.getCause();
    }
  }
}
