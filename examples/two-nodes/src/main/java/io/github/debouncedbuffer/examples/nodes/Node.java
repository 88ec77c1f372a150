// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.examples.nodes;

import io.github.debouncedbuffer.Batch;
import io.github.debouncedbuffer.Codec;
import io.github.debouncedbuffer.DebouncedBuffer;
import io.github.debouncedbuffer.WindowPolicy;
import io.github.debouncedbuffer.postgres.PostgresBufferStore;
import io.github.debouncedbuffer.postgres.PostgresOptions;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * One of the two processes: a bot that takes messages from its input, as a webhook would, and tells
 * on its output what it accepts and answers.
 */
final class Node {

  static final String READY = "ready";
  static final String ACCEPTED = "accepted";
  static final String ASKED = "asked";
  static final String ANSWERED = "answered";

  /** A node that is gone is taken over after this, and up to a third of it more. */
  static final Duration LEASE = Duration.ofSeconds(3);

  private static final Duration WINDOW = Duration.ofSeconds(1);
  private static final Duration AI_THINKS = Duration.ofMillis(1_500);

  private Node() {}

  /** Gets the database's URL. */
  public static void main(String[] args) throws IOException {
    var database = new PGSimpleDataSource();
    database.setUrl(args[0]);
    try (var buffer =
            DebouncedBuffer.builder(Codec.utf8())
                .store(
                    PostgresBufferStore.open(database, PostgresOptions.defaults().withLease(LEASE)))
                .window(WindowPolicy.fixed(WINDOW))
                .handler(Node::answer)
                .start();
        var messages =
            new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
      System.out.println(READY);
      for (String line = messages.readLine(); line != null; line = messages.readLine()) {
        String[] idAndKey = line.split(" ", 2);
        buffer.submit(idAndKey[1], idAndKey[0], idAndKey[0]); // durable when it returns
        tell(ACCEPTED, idAndKey[1], idAndKey[0]);
      }
    }
  }

  private static void answer(Batch<String> batch) throws InterruptedException {
    tell(ASKED, batch.key(), String.join(" ", batch.payloads()));
    Thread.sleep(AI_THINKS.toMillis()); // the AI
    batch.ensureCurrent(); // throws if another node has taken this batch over
    tell(ANSWERED, batch.key(), String.join(" ", batch.payloads()));
  }

  private static synchronized void tell(String kind, String key, String ids) {
    System.out.println(kind + " " + key + " " + ids);
    System.out.flush();
  }
}
