// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.benchmarks.limits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;

/** They are made where there are any; where not, it says which JVM has them. */
class VirtualThreadsTest {

  @Test
  @EnabledForJreRange(max = JRE.JAVA_20)
  void onAnOldJvm_itSaysWhichOneToTake() {
    assertThatIllegalStateException()
        .isThrownBy(VirtualThreads::factory)
        .withMessageContaining("JDK 21");
  }

  @Test
  @EnabledForJreRange(min = JRE.JAVA_21)
  void onANewOne_threadsAreVirtual() {
    assertThat(VirtualThreads.factory().newThread(() -> {}).toString())
        .startsWith("VirtualThread[");
  }
}
