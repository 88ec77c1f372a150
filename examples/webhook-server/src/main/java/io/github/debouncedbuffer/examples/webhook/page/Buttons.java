// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.examples.webhook.page;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;

/** POST, from the page itself, and then something happens. */
final class Buttons {

  private Buttons() {}

  /**
   * Refuses all but the page's own scripts: a strange page in the same browser can post a form to
   * us, but not JSON.
   */
  static HttpHandler press(HttpHandler action) {
    return exchange -> {
      String type = exchange.getRequestHeaders().getFirst("Content-Type");
      if (!exchange.getRequestMethod().equals("POST")) {
        exchange.getResponseHeaders().set("Allow", "POST");
        Replies.send(exchange, 405, "POST only");
      } else if (!"application/json".equals(type)) {
        Replies.send(exchange, 415, "application/json only");
      } else {
        action.handle(exchange);
      }
    };
  }

  static HttpHandler press(Runnable action) {
    return press(exchange -> done(exchange, action));
  }

  private static void done(HttpExchange exchange, Runnable action) throws IOException {
    action.run();
    Replies.send(exchange, 204, "");
  }
}
