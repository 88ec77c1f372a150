// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.postgres.fleet;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** One life of a {@link FleetNode}. */
final class FleetProcess {

  final String name;
  private final Process process;

  FleetProcess(String name, String url, Path journal, Path log) throws IOException {
    this.name = name;
    this.process =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-XX:TieredStopAtLevel=1", // starts sooner
                    "-cp",
                    System.getProperty("java.class.path"),
                    FleetNode.class.getName(),
                    name,
                    url,
                    journal.toString()))
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
            .start();
  }

  /** SIGKILL. */
  void kill() throws InterruptedException {
    process.toHandle().destroyForcibly();
    process.waitFor();
  }

  /** SIGSTOP: as a machine that is paused, or a long garbage collection. */
  void stop() throws IOException, InterruptedException {
    signal("-STOP");
  }

  /** SIGCONT. */
  void goOn() throws IOException, InterruptedException {
    signal("-CONT");
  }

  private void signal(String which) throws IOException, InterruptedException {
    new ProcessBuilder("kill", which, Long.toString(process.pid())).start().waitFor();
  }

  /** It submits no more, and ends when nothing is pending. */
  void comeToRest() throws IOException {
    process.getOutputStream().close();
  }

  /** Whether it ends by itself within this time, in good order. */
  boolean ends(int seconds) throws InterruptedException {
    boolean ended = process.waitFor(seconds, TimeUnit.SECONDS) && process.exitValue() == 0;
    process.toHandle().destroyForcibly();
    return ended;
  }
}
