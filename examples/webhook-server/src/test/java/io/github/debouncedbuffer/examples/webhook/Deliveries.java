// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.examples.webhook;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** Posts as providers do, until each post has its answer, whatever becomes of the server. */
final class Deliveries {

  /** When so many posts were answered, the server may be killed. */
  final CountDownLatch untilKill;

  private final List<Long> nanos = Collections.synchronizedList(new ArrayList<>());
  private int interrupted;
  private Provider server;

  Deliveries(int postsUntilKill, Provider server) {
    this.untilKill = new CountDownLatch(postsUntilKill);
    this.server = server;
  }

  /** The server was started anew. */
  synchronized void moveTo(Provider newServer) {
    server = newServer;
    notifyAll();
  }

  private synchronized Provider server() {
    return server;
  }

  /** The server did not answer: waits until there is another. */
  private synchronized void awaitMoveFrom(Provider dead) throws InterruptedException {
    interrupted++;
    while (server == dead) {
      wait();
    }
  }

  /** How many posts went unanswered and were delivered again. */
  synchronized int interrupted() {
    return interrupted;
  }

  void deliver(Traffic traffic) throws IOException, InterruptedException {
    for (Traffic.Post post : traffic.posts()) {
      deliver(post);
      untilKill.countDown();
    }
  }

  private void deliver(Traffic.Post post) throws IOException, InterruptedException {
    int status;
    do {
      status = attempt(post);
    } while (status == 0 || status == 503);
    if (status != post.status()) {
      throw new AssertionError(post.path() + " was answered " + status);
    }
  }

  /** The status; 0 if there was no answer, which a provider takes as a failure too. */
  private int attempt(Traffic.Post post) throws InterruptedException {
    Provider at = server();
    long begun = System.nanoTime();
    try {
      int status = at.post(post.path(), post.body()).statusCode();
      nanos.add(System.nanoTime() - begun);
      return status;
    } catch (IOException died) {
      awaitMoveFrom(at);
      return 0;
    }
  }

  /** The answers' times, whatever the server answered, from the shortest to the longest. */
  List<Long> sortedMicros() {
    return nanos.stream().map(time -> time / 1_000).sorted().toList();
  }
}
