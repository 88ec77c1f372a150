// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.examples.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import io.github.debouncedbuffer.BufferClosedException;
import io.github.debouncedbuffer.BufferFullException;
import io.github.debouncedbuffer.spi.StoreException;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a request is answered: a status, a line of text, and headers besides the usual ones. */
record Reply(int status, String text, Map<String, String> headers) {

  private static final Logger LOG = LoggerFactory.getLogger(Reply.class);
  private static final Map<String, String> LATER = Map.of("Retry-After", "2");

  static Reply ok(String text) {
    return new Reply(200, text, Map.of());
  }

  /** A failure that passes by itself is a 503, so that the provider delivers again. */
  static Reply to(Throwable failure) {
    if (failure instanceof RefusedException refused) {
      return new Reply(refused.status(), refused.told(), Map.of());
    }
    if (failure instanceof BufferFullException
        || failure instanceof BufferClosedException
        || (failure instanceof StoreException store && store.reason().isRetryable())) {
      return new Reply(503, "cannot take this now, deliver it again later", LATER);
    }
    // A store's message names no key or payload; another's may quote what the customer wrote.
    Object told = failure instanceof StoreException ? failure : failure.getClass().getName();
    LOG.error("Answered 500: {} at {}", told, List.of(failure.getStackTrace()));
    return new Reply(500, "failed; the log says why", Map.of());
  }

  void send(HttpExchange exchange) throws IOException {
    byte[] body = text.getBytes(UTF_8);
    Headers sent = exchange.getResponseHeaders();
    sent.set("Content-Type", "text/plain; charset=utf-8");
    sent.set("X-Content-Type-Options", "nosniff");
    headers.forEach(sent::set);
    if (exchange.getRequestMethod().equals("HEAD")) {
      exchange.sendResponseHeaders(status, -1);
    } else {
      exchange.sendResponseHeaders(status, body.length);
      try (OutputStream out = exchange.getResponseBody()) {
        out.write(body);
      }
    }
  }
}
