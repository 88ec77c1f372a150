// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.examples.webhook.page;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;

/** The three files of the page, and nothing else. */
final class Page {

  private Page() {}

  static Map<String, HttpHandler> routes() {
    return Map.of(
        "/", exchange -> send(exchange, "chat.html", "text/html"),
        "/chat.css", exchange -> send(exchange, "chat.css", "text/css"),
        "/chat.js", exchange -> send(exchange, "chat.js", "text/javascript"));
  }

  /** With leave to load our own files only. */
  private static void send(HttpExchange exchange, String file, String type) throws IOException {
    exchange
        .getResponseHeaders()
        .set(
            "Content-Security-Policy",
            "default-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'");
    Replies.send(exchange, 200, type + "; charset=utf-8", read(file));
  }

  private static byte[] read(String file) throws IOException {
    try (InputStream in = Page.class.getResourceAsStream(file)) {
      if (in == null) {
        throw new FileNotFoundException(file + " is missing beside the class files");
      }
      return in.readAllBytes();
    }
  }
}
