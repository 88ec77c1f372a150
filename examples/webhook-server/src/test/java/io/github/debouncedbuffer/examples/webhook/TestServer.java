// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.examples.webhook;

import io.github.debouncedbuffer.WindowPolicy;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

/** A server on a real file, whose AI repeats what it is asked and whose answers are kept. */
final class TestServer implements AutoCloseable {

  /** What was sent. */
  record Answer(String key, String batchId, String text) {}

  /** A window that time does not end while a test lasts: so many messages do, or a flush. */
  static WindowPolicy untilFull(int messages) {
    return WindowPolicy.fixed(Duration.ofHours(1)).maxBatch(messages);
  }

  private static final int PATIENCE_SECONDS = 20;

  final WebhookServer server;
  final Provider provider;
  private final BlockingQueue<Answer> answers = new LinkedBlockingQueue<>();

  TestServer(Path folder, UnaryOperator<Settings> changes) throws IOException {
    Settings usual =
        Settings.demo(folder.resolve("chat.db"), Provider.APP_SECRET, Provider.VERIFY_TOKEN)
            .windows(channel -> untilFull(1))
            .ai(batch -> String.join(" | ", batch.payloads()))
            .outbound((key, batchId, text) -> answers.add(new Answer(key, batchId, text)));
    server = WebhookServer.start(changes.apply(usual));
    provider = new Provider(server.port());
  }

  /** Waits for the next answer. */
  Answer answer() throws InterruptedException {
    return next(answers);
  }

  static <T> T next(BlockingQueue<T> queue) throws InterruptedException {
    T next = queue.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
    if (next == null) {
      throw new AssertionError("nothing came within " + PATIENCE_SECONDS + " s");
    }
    return next;
  }

  long pending() {
    return server.buffer().stats().store().pendingMessages();
  }

  @Override
  public void close() {
    server.close();
  }
}
