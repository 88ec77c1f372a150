// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.examples.webhook.page;

import com.sun.net.httpserver.HttpHandler;
import io.github.debouncedbuffer.BufferListener;
import io.github.debouncedbuffer.WindowPolicy;
import io.github.debouncedbuffer.examples.webhook.Settings;
import io.github.debouncedbuffer.examples.webhook.SimulatedAi;
import io.github.debouncedbuffer.examples.webhook.WebhookServer;
import io.github.debouncedbuffer.testkit.Lane;
import io.github.debouncedbuffer.testkit.LaneRecorder;
import io.github.debouncedbuffer.testkit.TimelineListener;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * The webhook server with the page: the process that {@link ChatDemo} starts, and starts again.
 *
 * <p>The first line that it prints is its port. It ends when its input does, that is, with the
 * process that has started it.
 */
final class ChatServer {

  private static final int AS_AFTER_SIGKILL = 137;
  private static final long PID = ProcessHandle.current().pid();

  private final ChatOptions options;
  private final SimulatedAi ai;
  private final Subscribers subscribers = new Subscribers();
  private final LiveFeed feed;
  private final TimelineListener drawn = new TimelineListener(ChatServer::lane);
  private final Chats chats;

  private ChatServer(ChatOptions options) throws IOException {
    this.options = options;
    this.ai = new SimulatedAi(options.aiShortest(), options.aiLongest());
    this.chats = Chats.open(options.chats(), line -> subscribers.send(Sse.event("said", line)));
    subscribers.greetWith(() -> List.of(Sse.event("hello", Phone.all())));
    this.feed = new LiveFeed(Phone.keys(), subscribers);
    subscribers.greetWith(this::said);
    subscribers.greetWith(() -> List.of(Sse.event("ready", Map.of("pid", PID))));
  }

  /** Gets what {@link ChatOptions#parse} understands. */
  public static void main(String[] args) throws IOException {
    try (WebhookServer server = new ChatServer(ChatOptions.parse(List.of(args))).start()) {
      System.out.println(server.port());
      while (System.in.read() >= 0) {} // Until who has started us is gone.
    }
    System.exit(0);
  }

  private WebhookServer start() throws IOException {
    String secret = UUID.randomUUID().toString(); // No phone here is a WhatsApp.
    WebhookServer server =
        WebhookServer.start(
            Settings.demo(options.database(), secret, secret)
                .port(options.port())
                .windows(channel -> WindowPolicy.quiet(options.quiet(), options.maxWait()))
                .ai(ai)
                .outbound(chats)
                .listener(BufferListener.of(drawn, feed))
                .routes(routes()));
    feed.watch(server.buffer());
    return server;
  }

  private Map<String, HttpHandler> routes() {
    Map<String, HttpHandler> routes = new HashMap<>(Page.routes());
    routes.put("/events", subscribers);
    routes.put("/timeline.svg", new Picture(drawn));
    routes.put("/phone", Buttons.press(new Provider(chats)));
    routes.put("/ai/fail", Buttons.press(() -> ai.failNext(1)));
    routes.put("/kill", Buttons.press(() -> Runtime.getRuntime().halt(AS_AFTER_SIGKILL)));
    return routes;
  }

  private List<String> said() {
    return chats.lines().stream().map(line -> Sse.event("said", line)).toList();
  }

  private static LaneRecorder lane(String key) {
    return Arrays.stream(Phone.values())
        .filter(phone -> phone.key().equals(key))
        .map(phone -> Lane.named(phone.title(), phone.customer()))
        .findAny()
        .orElseGet(() -> Lane.named(key, ""));
  }
}
