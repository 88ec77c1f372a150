// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.examples.webhook.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ButtonsTest {

  private final AtomicInteger pressed = new AtomicInteger();
  private HttpServer http;

  @BeforeEach
  void listen() throws IOException {
    http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    http.createContext("/", Buttons.press(() -> pressed.incrementAndGet()));
    http.start();
  }

  @AfterEach
  void stop() {
    http.stop(0);
  }

  private int status(String method, String type) throws Exception {
    URI button = URI.create("http://127.0.0.1:" + http.getAddress().getPort() + "/");
    HttpRequest request =
        HttpRequest.newBuilder(button)
            .header("Content-Type", type)
            .method(method, BodyPublishers.ofString("{}"))
            .build();
    return HttpClient.newHttpClient().send(request, BodyHandlers.discarding()).statusCode();
  }

  @Test
  void onlyThePageItself_presses() throws Exception {
    assertThat(status("POST", "text/plain")).isEqualTo(415); // As a form of a strange page can.
    assertThat(status("GET", "application/json")).isEqualTo(405);
    assertThat(pressed).hasValue(0);
    assertThat(status("POST", "application/json")).isEqualTo(204);
    assertThat(pressed).hasValue(1);
  }
}
