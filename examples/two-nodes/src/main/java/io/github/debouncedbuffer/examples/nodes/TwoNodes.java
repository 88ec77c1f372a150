// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.examples.nodes;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Two bots in two processes share one Postgres, which comes with this example. A provider sends to
 * one and the other in turn. One is killed while it answers; the other takes over what it had.
 * Takes about 20 seconds; exit code 1 if a message is lost, or two nodes answer a customer at once.
 *
 * <pre>{@code
 * java -jar examples/two-nodes/target/two-nodes.jar
 * }</pre>
 */
public final class TwoNodes {

  private static final int AT_LEAST_BEFORE = 30;
  private static final int AFTERWARDS = 50;
  private static final int CUSTOMERS = 5;
  private static final Duration BETWEEN_MESSAGES = Duration.ofMillis(100);
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final PrintStream out;
  private final Board board = new Board();
  private final List<NodeProcess> alive = new ArrayList<>();
  private final CountDownLatch ready = new CountDownLatch(2);
  private final long began = System.nanoTime();

  TwoNodes(PrintStream out) {
    this.out = out;
  }

  /**
   * Runs it.
   *
   * @param args none
   * @throws Exception if the database or a JVM cannot be started
   */
  public static void main(String[] args) throws Exception {
    Board board = new TwoNodes(System.out).run();
    System.exit(board.unanswered() == 0 && board.atOnce() == 0 ? 0 : 1);
  }

  Board run() throws IOException, InterruptedException {
    try (EmbeddedPostgres postgres =
        EmbeddedPostgres.builder()
            .setServerConfig("fsync", "on") // the embedded server's defaults are for tests alone
            .setServerConfig("synchronous_commit", "on")
            .start()) {
      String url = postgres.getJdbcUrl("postgres", "postgres");
      for (String name : List.of("A", "B")) {
        alive.add(NodeProcess.start(name, url, this::told));
      }
      if (!ready.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        throw new IllegalStateException("a node did not start; see what it wrote above");
      }
      NodeProcess victim = alive.get(0);
      int message = 0;
      for (long end = deadline(); !mayBeKilled(victim, message) && System.nanoTime() < end; ) {
        send(++message);
      }
      kill(victim);
      for (int more = 0; more < AFTERWARDS; more++) {
        send(++message);
      }
      await();
      for (NodeProcess node : alive) {
        node.end();
      }
    }
    sumUp();
    return board;
  }

  /** Who claims a key that is due is chance: so it has answered somebody, and answers another. */
  private boolean mayBeKilled(NodeProcess node, int messages) {
    return messages >= AT_LEAST_BEFORE
        && board.answersOf().containsKey(node.name())
        && board.isAnswering(node.name());
  }

  private void send(int message) throws InterruptedException {
    NodeProcess node = alive.get(message % alive.size());
    String id = "m" + message;
    String key = "wati:5037000000" + (1 + message % CUSTOMERS);
    board.sent(id, key, node.name());
    node.send(id, key);
    TimeUnit.NANOSECONDS.sleep(BETWEEN_MESSAGES.toNanos());
  }

  /** Kills it, and sends again what it has not confirmed. */
  private void kill(NodeProcess node) throws InterruptedException {
    node.kill();
    alive.remove(node);
    List<String> keys = board.gone(node.name());
    say("node " + node.name() + " is killed while it answers " + String.join(", ", keys));
    Map<String, String> unconfirmed = board.unconfirmed(node.name());
    unconfirmed.forEach(
        (id, key) -> {
          board.sent(id, key, alive.get(0).name());
          alive.get(0).send(id, key); // as providers do that got no answer
        });
  }

  private void await() throws InterruptedException {
    for (long end = deadline(); board.unanswered() > 0 && System.nanoTime() < end; ) {
      Thread.sleep(50);
    }
  }

  private static long deadline() {
    return System.nanoTime() + PATIENCE.toNanos();
  }

  private void told(String node, String line) {
    if (line.equals(Node.READY)) {
      say("node " + node + " is ready");
      ready.countDown();
      return;
    }
    List<String> words = Arrays.asList(line.split(" "));
    String key = words.get(1);
    List<String> ids = words.subList(2, words.size());
    switch (words.get(0)) {
      case Node.ACCEPTED -> board.accepted(ids.get(0));
      case Node.ASKED -> board.asked(node, key);
      case Node.ANSWERED -> {
        board.answered(node, key, ids);
        say("node " + node + " has answered " + key + ": " + String.join(" ", ids));
      }
      default -> throw new IllegalStateException("node " + node + " said: " + line);
    }
  }

  private void sumUp() {
    say("accepted %d, answered by %s".formatted(board.accepted(), board.answersOf()));
    say(
        "two at once %d, answered twice (taken over) %d, lost %d"
            .formatted(board.atOnce(), board.twice(), board.unanswered()));
  }

  private void say(String line) {
    out.println("%5.1f s  %s".formatted((System.nanoTime() - began) / 1e9, line));
  }
}
