// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.examples.webhook.page;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/**
 * POST /phone: what was typed on a phone goes where its provider would post it, over HTTP, to this
 * very server's webhook. The page gets the webhook's answer; it delivers again until that is 2xx.
 */
final class Provider implements HttpHandler {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int MOST_BYTES = 16 * 1024;
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  /**
   * What the page posts.
   *
   * @param phone on which it was typed
   * @param id of the message, the same when it is sent again
   * @param text what was typed
   */
  record Typed(Phone phone, String id, String text) {
    Typed {
      requireNonNull(phone, "phone");
      requireNonNull(id, "id");
      requireNonNull(text, "text");
    }
  }

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final Chats chats;

  Provider(Chats chats) {
    this.chats = chats;
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    Typed typed;
    try {
      typed = JSON.readValue(exchange.getRequestBody().readNBytes(MOST_BYTES), Typed.class);
    } catch (JsonProcessingException malformed) {
      Replies.send(exchange, 400, "phone, id and text are wanted, 16 KiB at most");
      return;
    }
    HttpResponse<String> answer = deliver(typed, exchange.getLocalAddress().getPort());
    if (answer.statusCode() / 100 == 2) {
      chats.add(new Chats.Line(typed.phone.key(), Chats.From.CUSTOMER, typed.id, typed.text));
    }
    Replies.send(exchange, answer.statusCode(), answer.body());
  }

  private HttpResponse<String> deliver(Typed typed, int port) throws IOException {
    HttpRequest post =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + typed.phone.webhook()))
            .timeout(PATIENCE)
            .header("Content-Type", "application/json")
            .POST(
                HttpRequest.BodyPublishers.ofString(
                    JSON.writeValueAsString(typed.phone.post(typed.id, typed.text))))
            .build();
    try {
      return http.send(post, HttpResponse.BodyHandlers.ofString());
    } catch (InterruptedException closing) {
      Thread.currentThread().interrupt();
      throw new IOException("the server closes", closing);
    }
  }
}
