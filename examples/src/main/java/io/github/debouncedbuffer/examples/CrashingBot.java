// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.examples;

import io.github.debouncedbuffer.Batch;
import io.github.debouncedbuffer.Codec;
import io.github.debouncedbuffer.DebouncedBuffer;
import io.github.debouncedbuffer.RetryPolicy;
import io.github.debouncedbuffer.WindowPolicy;
import io.github.debouncedbuffer.sqlite.SqliteBufferStore;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * The bot that {@link CrashAndRecover} kills. What it has accepted and answered it appends to a
 * journal outside the library, and tells on its output.
 */
final class CrashingBot {

  static final String ACCEPTED = "accepted";
  static final String ASKED = "asked";
  static final String ANSWERED = "answered";
  static final List<String> CUSTOMERS =
      List.of("wati:50370000001", "wati:50370000002", "wati:50370000003");

  private static final Duration WINDOW = Duration.ofMillis(200);
  private static final Duration AI_THINKS = Duration.ofMillis(300);
  private static final Duration SENDING_TAKES = Duration.ofMillis(300);

  /** A batch that was running at a kill is tried again. It did nothing wrong: never give it up. */
  private static final RetryPolicy NEVER_GIVE_UP =
      RetryPolicy.DEFAULT.maxAttempts(1_000).backoff(Duration.ofMillis(50), Duration.ofMillis(50));

  private final OutputStream journal;

  private CrashingBot(OutputStream journal) {
    this.journal = journal;
  }

  /** Gets the database, the journal, and which life this is. */
  public static void main(String[] args) throws IOException, InterruptedException {
    try (OutputStream journal = new FileOutputStream(args[1], true)) {
      new CrashingBot(journal).run(Path.of(args[0]), args[2]);
    }
  }

  private void run(Path db, String life) throws IOException, InterruptedException {
    try (var buffer =
        DebouncedBuffer.builder(Codec.utf8())
            .store(SqliteBufferStore.open(db))
            .window(WindowPolicy.fixed(WINDOW))
            .retry(NEVER_GIVE_UP)
            .handler(this::answer)
            .start()) {
      for (String burst : List.of("first", "second")) {
        for (String customer : CUSTOMERS) {
          String text = String.join("/", burst, life, customer);
          buffer.submit(customer, text, text); // durable when it returns
          tell(ACCEPTED, List.of(text));
        }
      }
      while (System.in.read() >= 0) {} // Killed here, unless the input ends.
      while (buffer.stats().store().pendingMessages() > 0) {
        Thread.sleep(20);
      }
    }
  }

  private void answer(Batch<String> batch) throws InterruptedException {
    tell(ASKED, batch.payloads());
    Thread.sleep(AI_THINKS.toMillis());
    tell(ANSWERED, batch.payloads());
    Thread.sleep(SENDING_TAKES.toMillis()); // Killed here, it answers twice: at-least-once.
  }

  /** One write for a line, so that a kill leaves no half of it. */
  private synchronized void tell(String kind, List<String> texts) {
    byte[] line = (kind + " " + String.join(" ", texts) + "\n").getBytes(StandardCharsets.UTF_8);
    try {
      journal.write(line);
      System.out.write(line);
      System.out.flush();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }
}
