// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * What two threads do at once, with a model checker in charge of who is next. If one of these is
 * red, the output names the scenario and, for the real parts, prints the interleaving.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class InterleavingsTest {

  private String output;

  @BeforeAll
  void run(@TempDir Path directory) throws IOException, InterruptedException {
    Path out = directory.resolve("out");
    Process process =
        new ProcessBuilder(
                ProcessHandle.current().info().command().orElseThrow(),
                "-XX:TieredStopAtLevel=1", // most code runs a few times only
                "-XX:+EnableDynamicAgentLoading",
                "-Xshare:off",
                // A log would be gone through, too.
                "-Dslf4j.provider=org.slf4j.helpers.NOP_FallbackServiceProvider",
                "-cp",
                System.getProperty("java.class.path"),
                Interleavings.class.getName())
            .redirectErrorStream(true)
            .redirectOutput(out.toFile())
            .start();
    process.waitFor();
    output = Files.readString(out);
    List<String> told = output.lines().filter(line -> line.startsWith("lincheck: ")).toList();
    Proof.write("50-threads", String.join("\n", told));
  }

  @Test
  void G3_commandAgainstCommand_theLaneDoesNotFallAsleep() {
    assertThat(output).containsPattern(told("command against command"));
  }

  @Test
  void G3_submitAgainstCompletion_theLateMessageHasAWindow() {
    assertThat(output).containsPattern(told("submit against completion"));
  }

  @Test
  void G2_submitAgainstDue_theMessageIsInTheBatchOrBehindIt() {
    assertThat(output).containsPattern(told("submit against due"));
  }

  @Test
  void faults56_closeAgainstSubmit_acceptedOrRefused_neverBoth() {
    assertThat(output).containsPattern(told("close against submit"));
  }

  @Test
  void G4_claimAgainstClaim_noKeyHasTwoRuns() {
    assertThat(output).containsPattern(told("claim against claim"));
  }

  private static String told(String scenario) {
    return "lincheck: "
        + scenario
        + ": real ok after \\d+ invocations; twin \\([a-z ]+\\) fails in \\d+\\R";
  }
}
