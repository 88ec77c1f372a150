// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.benchmarks.postgres;

import io.github.debouncedbuffer.spi.BufferStore;
import io.github.debouncedbuffer.spi.StoreTransaction;
import io.github.debouncedbuffer.spi.StoreWork;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Notes how many round trips each transaction took, and what was asked of it. */
final class TurnsStore extends WrappedStore {

  private final Map<String, Long> turns = new ConcurrentHashMap<>();

  /**
   * Notes those of one store.
   *
   * @param store whose connections come from {@link Turns}
   */
  TurnsStore(BufferStore store) {
    super(store);
  }

  /**
   * Of the last transaction in which a method was called with something to do, by the method's
   * name.
   */
  Map<String, Long> turns() {
    return turns;
  }

  @Override
  public <R> R transact(StoreWork<R> work) {
    Set<String> called = ConcurrentHashMap.newKeySet();
    long before = Turns.taken();
    R result = super.transact(transaction -> work.in(noting(transaction, called)));
    long taken = Turns.taken() - before;
    called.forEach(method -> turns.put(method, taken));
    return result;
  }

  private static StoreTransaction noting(StoreTransaction transaction, Set<String> called) {
    return (StoreTransaction)
        Proxy.newProxyInstance(
            StoreTransaction.class.getClassLoader(),
            new Class<?>[] {StoreTransaction.class},
            new Noting(transaction, called));
  }

  private record Noting(StoreTransaction transaction, Set<String> called)
      implements InvocationHandler {
    @Override
    public Object invoke(Object proxy, Method method, Object @Nullable [] arguments)
        throws Throwable {
      if (!isNothing(arguments)) {
        called.add(method.getName());
      }
      try {
        return method.invoke(transaction, arguments);
      } catch (InvocationTargetException thrown) {
        throw thrown.getTargetException();
      }
    }

    /** An empty collection does nothing, and costs nothing. */
    private static boolean isNothing(Object @Nullable [] arguments) {
      return arguments != null && arguments[0] instanceof Collection<?> all && all.isEmpty();
    }
  }
}
