// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.examples.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** Speaks to a server as providers do. Thread-safe. */
final class Provider {

  static final String APP_SECRET = "app-secret";
  static final String VERIFY_TOKEN = "verify-token";

  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private final int port;

  Provider(int port) {
    this.port = port;
  }

  /** Signed, which matters to WhatsApp's path only. */
  HttpResponse<String> post(String path, String body) throws IOException, InterruptedException {
    byte[] bytes = body.getBytes(UTF_8);
    return post(path, bytes, new Signature(APP_SECRET).of(bytes));
  }

  HttpResponse<String> post(String path, byte[] body, String signature)
      throws IOException, InterruptedException {
    return send(
        request(path).header(Signature.HEADER, signature).POST(BodyPublishers.ofByteArray(body)));
  }

  HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return send(request(path).GET());
  }

  HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://localhost:" + port + path)).timeout(PATIENCE);
  }

  HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
    return CLIENT.send(request.build(), BodyHandlers.ofString());
  }
}
