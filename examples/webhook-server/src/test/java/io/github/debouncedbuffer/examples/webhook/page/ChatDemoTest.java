// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.examples.webhook.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The demo without a browser: supervisor, server, webhook, buffer and file. */
@Timeout(60)
class ChatDemoTest {

  private static final HttpClient HTTP = HttpClient.newHttpClient();

  @TempDir Path directory;

  private final BlockingQueue<String> told = new LinkedBlockingQueue<>();

  private ChatDemo start() throws IOException {
    List<String> patient = List.of("--quiet", "1000s", "--max-wait", "1000s");
    return ChatDemo.start(ChatOptions.parse(patient).in(directory, 0), told::add);
  }

  @Test
  void killedServer_runsAgain_andItsStateComesBackFromTheStore() throws Exception {
    try (ChatDemo demo = start()) {
      Thread supervisor = new SupervisorThread(demo);
      URI address = URI.create(demo.address());
      assertThat(post(address, "phone", "{\"phone\":\"WATI\",\"id\":\"1\"}")).isEqualTo(400);
      assertThat(post(address, "phone", "{\"phone\":\"WATI\",\"id\":\"1\",\"text\":\"Hi\"}"))
          .isEqualTo(200);
      assertThatThrownBy(() -> post(address, "kill", "{}")).isInstanceOf(IOException.class);
      assertThat(told.poll(30, TimeUnit.SECONDS))
          .isEqualTo("The server died (exit code 137) and runs again.");
      try (Events.Client client = Events.client(address.getPort())) {
        assertThat(client.next("hello")).contains("WATI", "FACEBOOK", "INSTAGRAM");
        assertThat(client.next("key")).contains(Phone.WATI.key(), "WAITING", "\"pending\":1");
        assertThat(client.next("said")).contains("CUSTOMER", "Hi");
        client.next("ready");
      }
      demo.close();
      supervisor.join();
    }
    assertThat(told).isEmpty();
  }

  private static int post(URI address, String path, String json) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(address.resolve(path))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(json))
            .build();
    return HTTP.send(request, BodyHandlers.discarding()).statusCode();
  }

  @Test
  void serverThatCannotStart_isNotStartedAgain() throws IOException {
    Files.createDirectory(directory.resolve("chat.db"));
    assertThatThrownBy(this::start).hasMessage("The server did not start; it says above why.");
  }
}
