// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.examples;

import io.github.debouncedbuffer.Codec;
import io.github.debouncedbuffer.DebouncedBuffer;
import io.github.debouncedbuffer.Receipt;
import io.github.debouncedbuffer.WindowPolicy;
import io.github.debouncedbuffer.sqlite.SqliteBufferStore;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/**
 * The README's lines, running: a burst of three messages becomes one answer, and one that comes
 * while the AI is at work becomes the next. Takes about 8 seconds and ends by itself.
 *
 * <pre>{@code
 * java -cp examples/target/examples.jar io.github.debouncedbuffer.examples.QuickStart [chat.db]
 * }</pre>
 *
 * <p>Without a file it uses one in a temporary directory. Run it twice with the same file, and the
 * second time every message is a duplicate: a provider that delivers twice is answered once.
 */
public final class QuickStart {

  private static final String CUSTOMER = "wati:50370000001";

  private final PrintStream out;
  private final Duration window;
  private final Duration aiTakes;
  private final CountDownLatch aiAtWork = new CountDownLatch(1);

  QuickStart(PrintStream out, Duration window, Duration aiTakes) {
    this.out = out;
    this.window = window;
    this.aiTakes = aiTakes;
  }

  /**
   * Runs it.
   *
   * @param args the database file; none for a temporary one
   * @throws IOException if there is no temporary directory to be had
   * @throws InterruptedException never, unless somebody interrupts the main thread
   */
  public static void main(String[] args) throws IOException, InterruptedException {
    QuickStart example = new QuickStart(Screen.out(), Duration.ofSeconds(3), Duration.ofSeconds(2));
    if (args.length > 0) {
      example.run(Path.of(args[0]));
    } else {
      try (var directory = TemporaryDirectory.create()) {
        example.run(directory.path().resolve("chat.db"));
      }
    }
  }

  void run(Path file) throws InterruptedException {
    try (var buffer =
        DebouncedBuffer.builder(Codec.utf8())
            .store(SqliteBufferStore.open(file))
            .window(WindowPolicy.fixed(window))
            .handler(batch -> send(batch.key(), answer(batch.payloads())))
            .start()) {
      submit(buffer, "wamid.1", "Hello!");
      submit(buffer, "wamid.2", "Do you have a room for Saturday?");
      submit(buffer, "wamid.3", "For two persons.");
      if (isPending(buffer)) {
        aiAtWork.await();
      }
      submit(buffer, "wamid.4", "With breakfast, please.");
      while (isPending(buffer)) { // A server stays open; this example waits for its answers.
        Thread.sleep(50);
      }
    }
  }

  private void submit(DebouncedBuffer<String> buffer, String messageId, String text) {
    Receipt receipt = buffer.submit(CUSTOMER, messageId, text); // durable when it returns
    String became = receipt.isDuplicate() ? "DUPLICATE" : receipt.late() ? "late" : "stored";
    out.println(messageId + " " + became + ": " + text);
  }

  private String answer(List<String> texts) throws InterruptedException {
    out.println("  the AI is at work on " + texts);
    aiAtWork.countDown();
    Thread.sleep(aiTakes.toMillis());
    return "This answers " + texts;
  }

  private void send(String customer, String answer) {
    out.println("  to " + customer + ": " + answer);
  }

  private static boolean isPending(DebouncedBuffer<String> buffer) {
    return buffer.inspect(CUSTOMER).isPresent();
  }
}
