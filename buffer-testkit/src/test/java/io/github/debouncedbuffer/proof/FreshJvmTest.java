// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** G18 beyond one process: whatever a JVM salts its hashes with, the history is the same. */
class FreshJvmTest {

  private static final int SCENARIOS = 100;

  @Test
  void G18_twoFreshJvms_giveTheSameHistories_byteForByte(@TempDir Path directory) throws Exception {
    long seed = System.nanoTime();
    byte[] once = Files.readAllBytes(histories(directory, "once", seed));
    byte[] again = Files.readAllBytes(histories(directory, "again", seed));
    byte[] others = Files.readAllBytes(histories(directory, "others", seed + SCENARIOS));
    assertThat(once.length).as("seed %d", seed).isGreaterThan(SCENARIOS * 1_000);
    assertThat(again).as("seed %d", seed).isEqualTo(once);
    assertThat(others).isNotEqualTo(once);
    Proof.write("23-fresh-jvms", "two fresh JVMs, seed %d: the same %,d bytes", seed, once.length);
  }

  private static Path histories(Path directory, String name, long seed)
      throws IOException, InterruptedException {
    Path output = directory.resolve(name + ".txt");
    Process child =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-Dorg.slf4j.simpleLogger.defaultLogLevel=off",
                "-Dorg.slf4j.simpleLogger.log.io.github.debouncedbuffer=off",
                "-cp",
                System.getProperty("java.class.path"),
                Historian.class.getName(),
                Long.toString(seed),
                Integer.toString(SCENARIOS),
                Files.createDirectory(directory.resolve(name)).toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .redirectOutput(output.toFile())
            .start();
    assertThat(child.waitFor(2, TimeUnit.MINUTES)).isTrue();
    assertThat(child.exitValue()).isZero();
    return output;
  }
}
