// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.examples;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** {@link TerminalChat} in a JVM of its own, which is killed at the latest when this is closed. */
final class ChildChat implements AutoCloseable {

  final Output output = new Output();
  private final Process process;
  private final Thread reader;

  ChildChat(Path db, String... options) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(TerminalChat.class.getName(), "--db", db.toString()));
    command.addAll(List.of(options));
    process = new ProcessBuilder(command).redirectErrorStream(true).start();
    reader = new Thread(this::read);
    reader.start();
  }

  private void read() {
    try {
      process.getInputStream().transferTo(output);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void type(String line) throws IOException {
    process.getOutputStream().write((line + "\n").getBytes(StandardCharsets.UTF_8));
    process.getOutputStream().flush();
  }

  void endInput() throws IOException {
    process.getOutputStream().close();
  }

  /** Runs the same shutdown hooks as Ctrl-C. */
  void terminate() {
    process.toHandle().destroy();
  }

  /** As kill -9 does. */
  void kill() throws InterruptedException {
    process.toHandle().destroyForcibly();
    awaitExit();
  }

  int awaitExit() throws InterruptedException {
    if (!process.waitFor(60, TimeUnit.SECONDS)) {
      throw new AssertionError("it does not end:\n" + output.text());
    }
    reader.join();
    return process.exitValue();
  }

  @Override
  public void close() throws InterruptedException {
    kill();
  }
}
