// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.examples.webhook;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import io.github.debouncedbuffer.DebouncedBuffer;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/** Paths, each matched as a whole, and what answers them. */
final class Router implements HttpHandler {

  private static final String NOBODY = "health:check";
  private static final Map<String, String> PROMETHEUS =
      Map.of("Content-Type", "text/plain; version=0.0.4; charset=utf-8");

  private final Map<String, HttpHandler> routes;

  private Router(Map<String, HttpHandler> routes) {
    this.routes = routes;
  }

  static Router of(
      Settings settings, DebouncedBuffer<String> buffer, PrometheusMeterRegistry registry) {
    Signature signature = new Signature(settings.secret());
    Webhook wati = new Webhook(buffer, Gate.OPEN, new WatiParser());
    Webhook facebook = new Webhook(buffer, Gate.OPEN, new ManyChatParser("facebook"));
    Webhook instagram = new Webhook(buffer, Gate.OPEN, new ManyChatParser("instagram"));
    Webhook whatsApp = new Webhook(buffer, signature, new WhatsAppParser());
    Challenge challenge = new Challenge(settings.verifyToken());
    Map<String, HttpHandler> routes = new HashMap<>(settings.routes());
    routes.put("/wati", Endpoint.post(wati));
    routes.put("/manychat/facebook", Endpoint.post(facebook));
    routes.put("/manychat/instagram", Endpoint.post(instagram));
    routes.put("/whatsapp", Endpoint.getAndPost(challenge, whatsApp));
    routes.put("/metrics", Endpoint.get(x -> new Reply(200, registry.scrape(), PROMETHEUS)));
    routes.put("/health", Endpoint.get(x -> health(buffer)));
    return new Router(routes);
  }

  /** Well if the store answers, whatever it says about a key that is nobody's. */
  private static Reply health(DebouncedBuffer<String> buffer) {
    return Reply.ok(buffer.inspect(NOBODY).isEmpty() ? "well" : "well, and somebody writes as us");
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    routes.getOrDefault(exchange.getRequestURI().getPath(), Router::notFound).handle(exchange);
  }

  private static void notFound(HttpExchange exchange) throws IOException {
    try (exchange) {
      new Reply(404, "nothing is here", Map.of()).send(exchange);
    }
  }
}
