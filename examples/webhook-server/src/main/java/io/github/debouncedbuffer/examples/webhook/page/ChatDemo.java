// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.examples.webhook.page;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A page with three phones to type on, and the buffer live beside them.
 *
 * <pre>{@code
 * java -cp examples/webhook-server/target/webhook-server.jar \
 *     io.github.debouncedbuffer.examples.webhook.page.ChatDemo
 * }</pre>
 *
 * <p>The server runs in a JVM of its own. Whenever that one dies, be it by the page's own button or
 * by kill -9 from a terminal, it is started again on the same port and files. One that dies before
 * it has listened is not: it would only do so again. Thread-safe.
 */
public final class ChatDemo implements AutoCloseable {

  private final ChatOptions options;
  private final Consumer<String> out;
  private final int port;
  private final Object lock = new Object();
  private Process child; // Changed under the lock, as is the next one.
  private boolean closed;

  private ChatDemo(ChatOptions options, Consumer<String> out) throws IOException {
    this.options = options;
    this.out = out;
    this.child = spawn(options.port());
    this.port = portOf(child).orElseThrow(ChatDemo::notStarted);
  }

  /**
   * Runs it until it is stopped.
   *
   * @param args see {@code ChatOptions}; none are needed
   * @throws InterruptedException never, unless somebody interrupts the main thread
   */
  public static void main(String[] args) throws InterruptedException {
    try (ChatDemo demo = start(ChatOptions.parse(List.of(args)), ChatDemo::say)) {
      Runtime.getRuntime().addShutdownHook(new Thread(demo::close)); // Ctrl-C
      say("Chat with it: " + demo.address() + "  (Ctrl-C ends)");
      demo.supervise();
    } catch (IllegalArgumentException refused) {
      System.err.println(refused.getMessage() + "\n" + ChatOptions.USAGE);
      System.exit(2);
    } catch (IOException failed) {
      System.err.println(failed.getMessage());
      System.exit(1);
    }
  }

  private static void say(String line) {
    System.out.println(line);
  }

  /** Starts the server and waits until it listens; from then on {@link #supervise} it. */
  static ChatDemo start(ChatOptions options, Consumer<String> out) throws IOException {
    Files.createDirectories(options.directory());
    return new ChatDemo(options, out);
  }

  String address() {
    return "http://localhost:" + port + "/";
  }

  /** Starts the server again whenever it dies, until this is closed. */
  void supervise() throws IOException, InterruptedException {
    for (Process dead = current(); dead != null; dead = current()) {
      int code = dead.waitFor();
      Process next = replace();
      if (next != null) {
        if (portOf(next).isPresent()) {
          out.accept("The server died (exit code " + code + ") and runs again.");
        } else if (current() != null) {
          throw notStarted();
        }
      }
    }
  }

  private @Nullable Process current() {
    synchronized (lock) {
      return closed ? null : child;
    }
  }

  private @Nullable Process replace() throws IOException {
    synchronized (lock) {
      if (closed) {
        return null;
      }
      child = spawn(port);
      return child;
    }
  }

  private Process spawn(int onPort) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-XX:TieredStopAtLevel=1"); // starts sooner
    command.add("--enable-native-access=ALL-UNNAMED");
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(ChatServer.class.getName());
    command.addAll(options.in(options.directory(), onPort).args());
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
  }

  /** Waits until it listens; empty if it dies before. */
  private static OptionalInt portOf(Process server) throws IOException {
    String line = server.inputReader().readLine();
    return line == null ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(line));
  }

  private static IOException notStarted() {
    return new IOException("The server did not start; it says above why.");
  }

  /** Kills the server, and does not start it again. */
  @Override
  public void close() {
    synchronized (lock) {
      closed = true;
      child.toHandle().destroyForcibly();
    }
  }
}
