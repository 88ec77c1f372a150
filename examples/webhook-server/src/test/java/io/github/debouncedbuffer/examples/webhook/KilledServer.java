// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.examples.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.debouncedbuffer.WindowPolicy;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;

/**
 * The server that {@link KillUnderLoadTest} kills. What it sends it appends to a journal outside
 * the library: the batch, the key and the texts that it answers. It ends with its input.
 */
final class KilledServer {

  private static final WindowPolicy WINDOW = WindowPolicy.fixed(Duration.ofMillis(200));

  private KilledServer() {}

  /** Gets the database and the journal; prints the port when it listens. */
  public static void main(String[] args) throws IOException {
    SimulatedAi thinking = new SimulatedAi(Duration.ofMillis(5), Duration.ofMillis(30));
    try (OutputStream journal = new FileOutputStream(args[1], true)) {
      Settings settings =
          Settings.demo(Path.of(args[0]), Provider.APP_SECRET, Provider.VERIFY_TOKEN)
              .windows(channel -> WINDOW)
              .ai(
                  batch -> {
                    thinking.answer(batch);
                    return String.join(" ", batch.payloads());
                  })
              .outbound((key, batchId, text) -> append(journal, batchId, key, text));
      try (WebhookServer server = WebhookServer.start(settings)) {
        System.out.println(server.port());
        while (System.in.read() >= 0) {}
      }
    }
  }

  /** One write for a line, so that a kill leaves no half of it. */
  private static void append(OutputStream journal, String... words) throws IOException {
    byte[] line = (String.join(" ", words) + "\n").getBytes(UTF_8);
    synchronized (journal) {
      journal.write(line);
    }
  }
}
