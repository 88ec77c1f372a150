// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.sqlite;

import io.github.debouncedbuffer.spi.StoreException;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Another JVM, which opens a store, says how that went, and holds it until its input ends. */
final class Child implements AutoCloseable {

  private final Process process;
  private final BufferedReader output;

  private Child(Process process) {
    this.process = process;
    this.output = process.inputReader();
  }

  static Child open(Path file, String... jvmFlags) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(jvmFlags));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(Child.class.getName(), file.toString()));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.redirectError(ProcessBuilder.Redirect.DISCARD);
    return new Child(builder.start());
  }

  /** "OPEN", or the reason and the message why it is not. */
  String says() throws IOException {
    return output.readLine();
  }

  /** As kill -9 does. */
  void kill() throws InterruptedException {
    process.toHandle().destroyForcibly();
    process.waitFor();
  }

  @Override
  public void close() throws Exception {
    process.getOutputStream().close();
    process.waitFor();
  }

  public static void main(String[] args) throws IOException {
    if (Boolean.getBoolean("interrupted")) {
      Thread.currentThread().interrupt();
    }
    try (SqliteBufferStore store = SqliteBufferStore.open(Path.of(args[0]))) {
      Samples.append(store, "child", null, "from the child");
      System.out.println("OPEN");
      while (System.in.read() >= 0) {
        continue;
      }
    } catch (StoreException e) {
      System.out.println(e.reason() + " " + e.getMessage());
    }
  }
}
