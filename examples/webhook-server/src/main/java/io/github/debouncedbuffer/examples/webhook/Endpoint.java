// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.examples.webhook;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What one path answers, method by method. */
final class Endpoint implements HttpHandler {

  /** Answers requests with one method. */
  @FunctionalInterface
  interface Method {
    Reply to(HttpExchange exchange) throws IOException;
  }

  private final TreeMap<String, Method> methods;

  private Endpoint(Map<String, Method> methods) {
    this.methods = new TreeMap<>(methods);
  }

  static Endpoint get(Method get) {
    return new Endpoint(Map.of("GET", get));
  }

  static Endpoint post(Method post) {
    return new Endpoint(Map.of("POST", post));
  }

  static Endpoint getAndPost(Method get, Method post) {
    return new Endpoint(Map.of("GET", get, "POST", post));
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      reply(exchange).send(exchange);
    }
  }

  private Reply reply(HttpExchange exchange) throws IOException {
    @Nullable Method method = methods.get(exchange.getRequestMethod());
    if (method == null) {
      String allowed = String.join(", ", methods.keySet());
      return new Reply(405, "allowed: " + allowed, Map.of("Allow", allowed));
    }
    try {
      return method.to(exchange);
    } catch (RuntimeException failed) {
      return Reply.to(failed);
    }
  }
}
