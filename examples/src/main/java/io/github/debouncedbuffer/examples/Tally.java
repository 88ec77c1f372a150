// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.examples;

import java.io.PrintStream;
import java.util.List;

/** The outcomes as a table. */
final class Tally {

  private static final String ROW = "%-6s  %-32s %8s  %8s  %4s  %12s  %8s%n";

  private Tally() {}

  static void print(List<Outcome> outcomes, PrintStream out) {
    out.printf(ROW, "", "", "received", "answered", "lost", "longest wait", "AI calls");
    Incident above = null;
    for (Outcome outcome : outcomes) {
      String bug = outcome.incident() == above ? "" : outcome.incident().title().split(":", 2)[0];
      above = outcome.incident();
      out.printf(
          ROW,
          bug,
          (outcome.lane().name() + " " + outcome.library().map(Enum::name).orElse("")).strip(),
          outcome.received(),
          outcome.received() - outcome.lost().size(),
          outcome.lost().size(),
          outcome.longestWait().map(wait -> wait.toSeconds() + " s").orElse("for ever"),
          outcome.answers().size());
    }
  }
}
