// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.examples.webhook.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Over real connections. A send that waited for a reader would run into the timeout. */
@Timeout(120)
class SubscribersTest {

  private static final String LOAD = "x".repeat(16 * 1024);
  private static final int AT_ONCE = 32;
  private static final int MORE_THAN_ANY_SOCKET_HOLDS = 4_000;

  private final Subscribers subscribers = new Subscribers();
  private Events events;

  @BeforeEach
  void listen() throws IOException {
    events = new Events(subscribers);
  }

  @AfterEach
  void stop() {
    events.close();
  }

  private static String event(int number) {
    return Sse.event("n", Map.of("n", number, "load", LOAD));
  }

  @Test
  void greetings_comeFirst_thenEventsInOrder() throws IOException {
    subscribers.greetWith(() -> List.of(Sse.event("n", "one"), Sse.event("n", "two")));
    subscribers.greetWith(() -> List.of(Sse.event("n", "three")));
    try (Events.Client client = events.client()) {
      assertThat(List.of(client.next("n"), client.next("n"), client.next("n")))
          .containsExactly("\"one\"", "\"two\"", "\"three\"");
      subscribers.send(Sse.event("n", "a line\nbreak"));
      subscribers.send(Sse.event("n", "last"));
      assertThat(client.next("n")).isEqualTo("\"a line\\nbreak\"");
      assertThat(client.next("n")).isEqualTo("\"last\"");
    }
  }

  @Test
  void slowClient_isDropped_andTheOthersMissNothing() throws IOException {
    try (Socket slow = silent();
        Events.Client quick = events.client()) {
      int sent = 0;
      while (subscribers.count() == 2 && sent < MORE_THAN_ANY_SOCKET_HOLDS) {
        subscribers.send(event(++sent));
        if (sent % AT_ONCE == 0) {
          quick.await("\"n\":" + sent);
        }
      }
      assertThat(subscribers.count()).isOne();
      assertThat(sent).isGreaterThan(Subscriber.MOST_WAITING);
      assertThat(isClosed(slow)).isTrue();
      subscribers.send(event(sent + 1));
      quick.await("\"n\":" + (sent + 1));
    }
  }

  /** Asks for the events, and reads no more than the status. */
  private Socket silent() throws IOException {
    Socket socket = new Socket();
    socket.connect(new InetSocketAddress("127.0.0.1", events.port()));
    socket
        .getOutputStream()
        .write("GET /events HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
    assertThat(new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII))
        .isEqualTo("HTTP/1.1 200");
    return socket;
  }

  private static boolean isClosed(Socket socket) throws IOException {
    socket.setSoTimeout(10_000);
    try (InputStream in = socket.getInputStream()) {
      in.transferTo(java.io.OutputStream.nullOutputStream());
      return true;
    } catch (SocketTimeoutException open) {
      return false;
    } catch (IOException reset) {
      return true;
    }
  }

  @Test
  void beyondTheLastPlace_comeBackLater_andAPlaceGetsFreeAgain() throws IOException {
    List<Events.Client> all = new ArrayList<>();
    try {
      for (int i = 0; i < Subscribers.MOST; i++) {
        all.add(events.client());
      }
      assertThat(events.connect().getResponseCode()).isEqualTo(503);
      all.remove(0).close();
      while (subscribers.count() == Subscribers.MOST) {
        subscribers.send(event(1)); // Who is gone is noticed by a write, at the latest.
        for (Events.Client client : all) {
          client.next("n");
        }
      }
      assertThat(events.connect().getResponseCode()).isEqualTo(200);
    } finally {
      all.forEach(Events.Client::close);
    }
  }
}
