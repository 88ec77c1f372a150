// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.examples;

import io.github.debouncedbuffer.Batch;
import io.github.debouncedbuffer.BatchInfo;
import io.github.debouncedbuffer.BufferClosedException;
import io.github.debouncedbuffer.BufferFullException;
import io.github.debouncedbuffer.BufferListener;
import io.github.debouncedbuffer.Codec;
import io.github.debouncedbuffer.DebouncedBuffer;
import io.github.debouncedbuffer.Receipt;
import io.github.debouncedbuffer.spi.StoreException;
import io.github.debouncedbuffer.sqlite.SqliteBufferStore;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Semaphore;

/**
 * Chat with a simulated AI: several lines in a row become one question, and what you write while it
 * answers becomes the next.
 *
 * <pre>{@code
 * java -cp examples/target/examples.jar io.github.debouncedbuffer.examples.TerminalChat \
 *     [--window 3s] [--ai 5s] [--db terminal-chat.db]
 * }</pre>
 *
 * <p>At the end of the input, of a pipe or by Ctrl-D, it waits until everything is answered. Ctrl-C
 * leaves at once, and kill -9 even more so: what is not answered is stored, and answered after the
 * next start.
 */
public final class TerminalChat {

  private static final String YOU = "terminal:you";

  private final PrintStream out;
  private final Duration aiTakes;
  private final Semaphore settled = new Semaphore(0);
  private final DebouncedBuffer<String> buffer;

  /** Opens the file, and goes on with what is still waiting there. */
  TerminalChat(ChatOptions options, PrintStream out) {
    this.out = out;
    this.aiTakes = options.ai();
    synchronized (this) { // So that the first answer comes after the greeting.
      this.buffer =
          DebouncedBuffer.builder(Codec.utf8())
              .store(SqliteBufferStore.open(options.db()))
              .window(options.window())
              .handler(this::answer)
              .listener(new Told())
              .start();
      say("Write something; lines in quick succession get one answer. Ctrl-D ends, Ctrl-C too.");
      long waiting = buffer.stats().store().pendingMessages();
      if (waiting > 0) {
        say(messages(waiting) + " still waiting from last time.");
      }
    }
  }

  /**
   * Runs it.
   *
   * @param args see above
   * @throws Exception if the input cannot be read
   */
  public static void main(String[] args) throws Exception {
    PrintStream out = Screen.out();
    try {
      TerminalChat chat = new TerminalChat(ChatOptions.parse(List.of(args)), out);
      Runtime.getRuntime().addShutdownHook(new Thread(chat::leave));
      chat.run(new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)));
    } catch (IllegalArgumentException | StoreException refused) {
      out.println(refused.getMessage() + "\n" + ChatOptions.USAGE);
      System.exit(2);
    }
  }

  void run(BufferedReader in) throws IOException, InterruptedException {
    try (buffer) {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        if (!line.isBlank()) {
          submit(line);
        }
      }
      while (buffer.inspect(YOU).isPresent()) { // The end of the input: wait for the answers.
        settled.acquire();
      }
    } catch (BufferClosedException leaving) {
      return; // Ctrl-C, while it waited.
    }
  }

  private void submit(String line) {
    try {
      Receipt receipt = buffer.submit(YOU, line); // durable when it returns
      say(receipt.late() ? "  late: will be in the next answer" : "  stored");
    } catch (IllegalArgumentException | BufferFullException | StoreException refused) {
      say("  not stored: " + refused.getMessage());
    }
  }

  private void answer(Batch<String> batch) throws InterruptedException {
    say("  the AI reads " + batch.messages().size() + " and thinks ...");
    Thread.sleep(aiTakes.toMillis());
    String quoted = '"' + String.join("\", \"", batch.payloads()) + '"';
    say("AI: You wrote " + quoted + ".");
  }

  /** By Ctrl-C: interrupts the AI and closes; its batch is handed over again at the next start. */
  private void leave() {
    try {
      long waiting = buffer.stats().store().pendingMessages();
      buffer.closeAsync(Duration.ZERO).toCompletableFuture().join();
      if (waiting > 0) {
        say(messages(waiting) + " stored and will be answered after the next start.");
      }
    } catch (BufferClosedException ended) {
      return; // By itself.
    }
  }

  private synchronized void say(String line) {
    out.println(line);
  }

  private static String messages(long count) {
    return count == 1 ? "1 message is" : count + " messages are";
  }

  private final class Told implements BufferListener {
    @Override
    public void completed(BatchInfo batch, Duration took, Instant at) {
      settled.release();
    }

    @Override
    public void followedUp(String key, int late, Instant startedAt, Instant dueAt, Instant at) {
      long millis = Math.max(0, Duration.between(at, dueAt).toMillis());
      say("  " + messages(late) + " late: the next answer begins in " + millis + " ms");
    }
  }
}
