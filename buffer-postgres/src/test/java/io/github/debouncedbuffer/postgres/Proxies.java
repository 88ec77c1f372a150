// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.postgres;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import org.jspecify.annotations.Nullable;

/** What stands before a driver's object and sees its calls. */
public final class Proxies {

  private Proxies() {}

  public static <T> T proxy(Class<T> type, InvocationHandler handler) {
    return type.cast(
        Proxy.newProxyInstance(Proxies.class.getClassLoader(), new Class<?>[] {type}, handler));
  }

  /** Hands a call on, and throws what it throws. */
  public static @Nullable Object call(Object target, Method method, Object @Nullable [] arguments)
      throws Throwable {
    try {
      return method.invoke(target, arguments);
    } catch (InvocationTargetException thrown) {
      throw thrown.getCause();
    }
  }

  /** Whether a connection is asked for a statement that writes and commits. */
  public static boolean preparesCommit(Method method, Object @Nullable [] arguments) {
    return method.getName().equals("prepareStatement")
        && arguments != null
        && ((String) arguments[0]).endsWith(";COMMIT");
  }
}
