// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.examples.webhook;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A {@link KilledServer} in a JVM of its own, which is killed at the latest when it is closed. */
final class ServerProcess implements AutoCloseable {

  private final Process process;
  final Provider provider;

  ServerProcess(Path file, Path journal) throws IOException {
    process =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-XX:TieredStopAtLevel=1", // starts sooner
                    "--enable-native-access=ALL-UNNAMED",
                    "-Dorg.slf4j.simpleLogger.defaultLogLevel=error",
                    "-cp",
                    System.getProperty("java.class.path"),
                    KilledServer.class.getName(),
                    file.toString(),
                    journal.toString()))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    String told = process.inputReader().readLine();
    if (told == null) {
      throw new AssertionError("the server ended by itself; see what it wrote above");
    }
    provider = new Provider(Integer.parseInt(told));
  }

  /** As kill -9 does. */
  void kill() throws InterruptedException {
    process.toHandle().destroyForcibly();
    process.waitFor();
  }

  /** Ends its input, at which it closes and ends. */
  int end() throws IOException, InterruptedException {
    process.getOutputStream().close();
    if (!process.waitFor(20, TimeUnit.SECONDS)) {
      throw new AssertionError("the server does not end with its input");
    }
    return process.exitValue();
  }

  @Override
  public void close() throws InterruptedException {
    kill();
  }
}
