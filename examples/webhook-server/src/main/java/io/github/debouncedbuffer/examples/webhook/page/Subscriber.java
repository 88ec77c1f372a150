// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.examples.webhook.page;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/** One reader of GET /events, and the thread that writes to it. */
final class Subscriber {

  /** So many events may wait for a reader; with one more it is dropped. */
  static final int MOST_WAITING = 256;

  private static final int SILENCE_SECONDS = 10;

  private final BlockingQueue<String> waiting = new ArrayBlockingQueue<>(MOST_WAITING);
  private final Thread writer;

  Subscriber(Thread writer) {
    this.writer = writer;
  }

  /**
   * Takes an event for this reader. If too many wait the reader is too slow: the interrupt closes
   * its connection, also below a write that hangs.
   *
   * @return false if it is dropped
   */
  boolean offer(String event) {
    boolean taken = waiting.offer(event);
    if (!taken) {
      writer.interrupt();
    }
    return taken;
  }

  /** Writes until the reader goes or is dropped. */
  void serve(HttpExchange exchange, List<String> greeting) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", "text/event-stream; charset=utf-8");
    exchange.getResponseHeaders().set("Cache-Control", "no-store");
    exchange.sendResponseHeaders(200, 0); // chunked: of unknown length
    try (OutputStream out = exchange.getResponseBody()) {
      write(out, Sse.RETRY + String.join("", greeting));
      while (true) {
        String event = waiting.poll(SILENCE_SECONDS, TimeUnit.SECONDS);
        write(out, event == null ? Sse.STILL_HERE : event);
      }
    } catch (IOException | InterruptedException gone) {
      return; // The browser has left, or was dropped and comes back.
    }
  }

  /** The thread goes back to the server's pool: it must not take a late interrupt along. */
  void left() {
    Thread.interrupted();
  }

  private static void write(OutputStream out, String events) throws IOException {
    out.write(events.getBytes(StandardCharsets.UTF_8));
    out.flush();
  }
}
