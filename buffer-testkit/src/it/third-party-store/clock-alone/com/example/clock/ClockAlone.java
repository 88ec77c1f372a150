// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package com.example.clock;

import io.github.debouncedbuffer.testkit.VirtualClock;
import java.time.Duration;
import java.time.Instant;

/** Compiled and run by verify.groovy without JUnit: only the contract may need that. */
public class ClockAlone {
  public static void main(String[] arguments) {
    if (ModuleLayer.boot().findModule("org.junit.jupiter.api").isPresent()) {
      throw new IllegalStateException("JUnit is here, so this shows nothing");
    }
    var clock = VirtualClock.at(Instant.EPOCH);
    clock.wakeAt(Instant.EPOCH.plusSeconds(35), () -> System.out.print("woken at " + clock.now()));
    clock.advance(Duration.ofSeconds(35));
  }
}
