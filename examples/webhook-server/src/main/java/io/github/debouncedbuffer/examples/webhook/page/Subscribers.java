// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.examples.webhook.page;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Who reads GET /events. A new subscriber first gets all that the greetings say, then each event in
 * the order of {@link #send}. Nobody waits for a subscriber: one whose queue is full is dropped,
 * and its browser comes back and is greeted anew.
 *
 * <p>Thread-safe. Each subscriber keeps a thread of the server's as long as it stays.
 */
final class Subscribers implements HttpHandler {

  /** Beyond this many a browser is told to come back later. */
  static final int MOST = 16;

  private final List<Subscriber> present = new ArrayList<>();
  private final List<Supplier<List<String>>> greetings = new ArrayList<>();

  /** What a new subscriber is told first; each call adds. Asked outside of any lock of this. */
  synchronized void greetWith(Supplier<List<String>> events) {
    greetings.add(events);
  }

  /** Sends an event to all who are here. Never waits. */
  synchronized void send(String event) {
    present.removeIf(subscriber -> !subscriber.offer(event));
  }

  synchronized int count() {
    return present.size();
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    Subscriber subscriber = enter();
    if (subscriber == null) {
      Replies.send(exchange, 503, "Too many are watching; try again later.");
      return;
    }
    try {
      subscriber.serve(exchange, greeting());
    } finally {
      leave(subscriber);
    }
  }

  private synchronized @Nullable Subscriber enter() {
    if (present.size() >= MOST) {
      return null;
    }
    Subscriber subscriber = new Subscriber(Thread.currentThread());
    present.add(subscriber);
    return subscriber;
  }

  private synchronized void leave(Subscriber subscriber) {
    present.remove(subscriber);
    subscriber.left();
  }

  /** Made after it entered: what happens meanwhile is told twice rather than not at all. */
  private List<String> greeting() {
    List<Supplier<List<String>>> all;
    synchronized (this) {
      all = List.copyOf(greetings);
    }
    return all.stream().flatMap(events -> events.get().stream()).toList();
  }
}
