// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.internal;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jetbrains.lincheck.Lincheck;
import org.jetbrains.lincheck.LincheckAssertionError;

/**
 * Goes through interleavings of each scenario with the real parts and with each twin: the real
 * parts must hold in all of them, and each twin must fail in one, which shows that the checker
 * would have found that race. A program of its own, run by {@link InterleavingsTest}: the checker
 * rewrites the byte code of whatever it meets, the JDK's too.
 */
final class Interleavings {

  private static final int WARM_UPS = 5;

  private Interleavings() {}

  /** Prints a line for each scenario. */
  public static void main(String[] args) {
    Map<Scenario, Map<String, Supplier<Rig>>> twins = new LinkedHashMap<>();
    twins.put(
        Scenario.COMMAND_AGAINST_COMMAND,
        Map.of("lane lets go unlocked", () -> new Rig(LaneTwin.CheckThenRelease::new)));
    twins.put(
        Scenario.SUBMIT_AGAINST_COMPLETION,
        Map.of("check and release apart", TwoTransactions.CheckThenRelease::new));
    twins.put(
        Scenario.SUBMIT_AGAINST_DUE,
        Map.of("look and claim apart", TwoTransactions.LookThenClaim::new));
    twins.put(
        Scenario.CLOSE_AGAINST_SUBMIT,
        Map.of("closed is read unlocked", () -> new Rig(LaneTwin.ClosedOutsideTheLock::new)));
    twins.put(
        Scenario.CLAIM_AGAINST_CLAIM,
        Map.of("look and claim apart", TwoTransactions.LookThenClaim::new));
    warmUp();
    twins.forEach(
        (scenario, its) -> {
          try {
            check(scenario, its);
          } catch (AssertionError red) {
            red.printStackTrace(System.out); // the others are gone through all the same
          }
        });
  }

  /** The first invocation takes long, for most classes are rewritten in it; it may time out. */
  private static void warmUp() {
    for (int i = 0; i < WARM_UPS; i++) {
      try {
        Lincheck.runConcurrentTest(1, new Block(Scenario.SUBMIT_AGAINST_COMPLETION, Rig::new));
        return;
      } catch (LincheckAssertionError slow) {
        continue; // what was rewritten so far need not be rewritten again
      }
    }
  }

  private static void check(Scenario scenario, Map<String, Supplier<Rig>> twins) {
    Block real = new Block(scenario, Rig::new);
    Lincheck.runConcurrentTest(scenario.invocations, real);
    List<String> told = new ArrayList<>();
    told.add("real ok after " + real.invocations + " invocations");
    new TreeMap<>(twins)
        .forEach((name, twin) -> told.add("twin (" + name + ") fails in " + found(scenario, twin)));
    String name = scenario.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    System.out.println("lincheck: " + name + ": " + String.join("; ", told));
  }

  private static int found(Scenario scenario, Supplier<Rig> twin) {
    Block block = new Block(scenario, twin);
    try {
      Lincheck.runConcurrentTest(scenario.invocations, block);
    } catch (LincheckAssertionError | IndexOutOfBoundsException found) {
      // The latter is the checker's own: at times it cannot print the trace of what it has found.
      if (block.failedIn == 0) {
        throw found; // it hung, or worse: not what a twin is to show
      }
      return block.failedIn;
    }
    throw new AssertionError("the checker finds nothing wrong with the twin of " + scenario);
  }

  /**
   * One race an invocation, each on a rig of its own. The rigs are made beforehand, so that making
   * them is not part of what is gone through.
   */
  private static final class Block implements Runnable {
    private static final int REPLAYS = 10;

    private final Runnable[] races;
    private int invocations;
    private int failedIn;

    Block(Scenario scenario, Supplier<Rig> rig) {
      races = new Runnable[scenario.invocations + REPLAYS];
      for (int i = 0; i < races.length; i++) {
        races[i] = scenario.prepared(rig.get());
      }
    }

    @Override
    public void run() {
      try {
        races[invocations++].run();
      } catch (AssertionError broken) {
        failedIn = failedIn == 0 ? invocations : failedIn; // not the replays that follow it
        throw broken;
      }
    }
  }
}
