// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Several listeners in one's place. */
class ListenerFanOutTest {

  private final List<String> told = new ArrayList<>();

  static Stream<Method> steps() {
    return Arrays.stream(BufferListener.class.getMethods())
        .filter(method -> !Modifier.isStatic(method.getModifiers()));
  }

  /** Notes each step with all that it was told. */
  private BufferListener noting(String name) {
    return (BufferListener)
        Proxy.newProxyInstance(
            BufferListener.class.getClassLoader(),
            new Class<?>[] {BufferListener.class},
            (proxy, step, arguments) -> {
              told.add(name + " " + step.getName() + Arrays.toString(arguments));
              return null;
            });
  }

  private static Object sample(Class<?> type) {
    if (type == int.class) {
      return 7;
    }
    return type == String.class ? "k" : type == Instant.class ? Instant.EPOCH : null;
  }

  @ParameterizedTest
  @MethodSource("steps")
  void eachStep_isToldToAll_inOrder(Method step) throws ReflectiveOperationException {
    Object[] arguments =
        Arrays.stream(step.getParameterTypes()).map(ListenerFanOutTest::sample).toArray();
    step.invoke(BufferListener.of(noting("a"), noting("b")), arguments);
    String expected = step.getName() + Arrays.toString(arguments);
    assertThat(told).containsExactly("a " + expected, "b " + expected);
  }

  @Test
  void oneThatThrows_keepsTheOthersFromNothing_andIsHeardOf() {
    RuntimeException broken = new IllegalStateException("broken");
    BufferListener thrower =
        new BufferListener() {
          @Override
          public void closed(int survivors, Instant at) {
            throw broken;
          }
        };
    BufferListener both = BufferListener.of(thrower, noting("b"));
    assertThatThrownBy(() -> both.closed(0, Instant.EPOCH)).isSameAs(broken);
    assertThat(told).hasSize(1);
  }

  @Test
  void anError_keepsTheOthersFromNothing_andCarriesTheSecondWithIt() {
    Error first = new AssertionError("first");
    RuntimeException second = new IllegalStateException("second");
    BufferListener both = BufferListener.of(throwing(first), noting("b"), throwing(second));
    assertThatThrownBy(() -> both.withdrawn("k", Instant.EPOCH))
        .isSameAs(first)
        .hasSuppressedException(second);
    assertThat(told).hasSize(1);
  }

  private static BufferListener throwing(Throwable thrown) {
    return new BufferListener() {
      @Override
      public void withdrawn(String key, Instant at) {
        if (thrown instanceof Error error) {
          throw error;
        }
        throw (RuntimeException) thrown;
      }
    };
  }
}
