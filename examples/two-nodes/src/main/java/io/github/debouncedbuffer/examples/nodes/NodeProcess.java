// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.examples.nodes;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Path;
import java.util.List;
import java.util.function.BiConsumer;

/** A {@link Node} in a JVM of its own, seen from the process that has started it. */
final class NodeProcess {

  private final String name;
  private final Process process;
  private final Writer messages;
  private final Thread reader;

  private NodeProcess(String name, Process process, BiConsumer<String, String> told) {
    this.name = name;
    this.process = process;
    this.messages = process.outputWriter();
    this.reader = new Thread(() -> read(told), "reader of node " + name);
    reader.setDaemon(true);
    reader.start();
  }

  /** Starts one; {@code told} gets its name and each line of its output. */
  static NodeProcess start(String name, String url, BiConsumer<String, String> told)
      throws IOException {
    Process process =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-XX:TieredStopAtLevel=1", // starts sooner
                    "-Dorg.slf4j.simpleLogger.defaultLogLevel=error",
                    "-cp",
                    System.getProperty("java.class.path"),
                    Node.class.getName(),
                    url))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    return new NodeProcess(name, process, told);
  }

  String name() {
    return name;
  }

  /** Sends a message, as a provider does; false if the node is gone. */
  boolean send(String id, String key) {
    try {
      messages.write(id + " " + key + "\n");
      messages.flush();
      return true;
    } catch (IOException gone) {
      return false;
    }
  }

  private void read(BiConsumer<String, String> told) {
    try (BufferedReader lines = process.inputReader()) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        told.accept(name, line);
      }
    } catch (IOException | UncheckedIOException gone) {
      return; // it was killed in the middle of a line
    }
  }

  /** SIGKILL, as kill -9; returns when all that it told has been read. */
  void kill() throws InterruptedException {
    process.toHandle().destroyForcibly();
    process.waitFor();
    reader.join();
  }

  /** Lets it finish what it is doing. */
  void end() throws IOException, InterruptedException {
    messages.close();
    process.waitFor();
    reader.join();
  }
}
