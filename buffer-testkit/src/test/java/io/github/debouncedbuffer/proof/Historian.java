// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.proof;

import io.github.debouncedbuffer.BufferListener;
import io.github.debouncedbuffer.testkit.simulation.Scenarios;
import io.github.debouncedbuffer.testkit.simulation.Simulation;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Prints the histories of drawn scenarios; run in a JVM of its own by {@link FreshJvmTest}. */
final class Historian {

  private Historian() {}

  /** Arguments: the first seed, how many, and the folder for SQLite's files. */
  public static void main(String[] arguments) {
    long seed = Long.parseLong(arguments[0]);
    int scenarios = Integer.parseInt(arguments[1]);
    PrintStream out = new PrintStream(System.out, false, StandardCharsets.UTF_8);
    for (int i = 0; i < scenarios; i++) {
      out.println(history(Simulation.inMemory(), seed + i));
    }
    for (int i = 0; i < scenarios / 10; i++) {
      out.println(history(SqliteSource.simulation(Path.of(arguments[2])), seed + i));
    }
    out.flush();
  }

  private static String history(Simulation simulation, long seed) {
    return simulation.playInWords(Scenarios.draw(seed), new BufferListener() {}).history();
  }
}
