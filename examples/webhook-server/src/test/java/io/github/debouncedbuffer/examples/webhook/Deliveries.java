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
  private int port;

  Deliveries(int postsUntilKill, int port) {
    this.untilKill = new CountDownLatch(postsUntilKill);
    this.port = port;
  }

  /** The server was started anew. */
  synchronized void moveTo(int newPort) {
    port = newPort;
    notifyAll();
  }

  private synchronized int port() {
    return port;
  }

  /** The server did not answer: waits until there is another. */
  private synchronized void awaitMoveFrom(int deadPort) throws InterruptedException {
    interrupted++;
    while (port == deadPort) {
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
    int at = port();
    long begun = System.nanoTime();
    try {
      int status = new Provider(at).post(post.path(), post.body()).statusCode();
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
