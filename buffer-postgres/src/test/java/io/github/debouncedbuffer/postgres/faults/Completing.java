// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.postgres.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.debouncedbuffer.Batch;
import io.github.debouncedbuffer.Codec;
import io.github.debouncedbuffer.DebouncedBuffer;
import io.github.debouncedbuffer.Handler;
import io.github.debouncedbuffer.RetryPolicy;
import io.github.debouncedbuffer.WindowPolicy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;

/** A buffer whose handler has its reply written together with its completion. */
abstract class Completing extends Faulty {

  final AtomicInteger runs = new AtomicInteger();
  final AtomicInteger works = new AtomicInteger();

  @BeforeEach
  void createReplies() throws SQLException {
    server.execute("DROP TABLE IF EXISTS replies");
    server.execute("CREATE TABLE replies (text text NOT NULL)");
  }

  DebouncedBuffer<String> buffer(Handler<String> handler) {
    return DebouncedBuffer.builder(Codec.utf8())
        .store(store)
        .window(WindowPolicy.fixed(Duration.ofMillis(50)))
        .retry(RetryPolicy.DEFAULT.backoff(Duration.ofMillis(10), Duration.ofMillis(10)))
        .handler(
            batch -> {
              runs.incrementAndGet();
              handler.handle(batch);
            })
        .start();
  }

  void reply(Connection connection, Batch<String> batch) throws SQLException {
    works.incrementAndGet();
    try (PreparedStatement insert =
        connection.prepareStatement("INSERT INTO replies (text) VALUES (?)")) {
      insert.setString(1, String.join("+", batch.payloads()));
      insert.executeUpdate();
    }
  }

  static List<String> replies() throws SQLException {
    return server.texts("SELECT text FROM replies");
  }

  static void awaitHandled() {
    eventually(() -> assertThat(server.countMessages()).isZero());
  }

  /** One message is handled by this handler, and its reply is stored once. */
  void answersOnce(Handler<String> handler) throws Exception {
    try (var buffer = buffer(handler)) {
      buffer.submit(KEY, "hello");
      awaitHandled();
    }
    assertThat(replies()).containsExactly("hello");
  }

  /** What is done in the completion's transaction. */
  @FunctionalInterface
  interface Work {
    void run(Connection connection, Batch<String> batch) throws Exception;
  }

  /** A handler that replies within its completion, and then does this. */
  Handler<String> repliesAnd(Work work) {
    return batch ->
        batch.onComplete(
            Connection.class,
            connection -> {
              reply(connection, batch);
              work.run(connection, batch);
            });
  }
}
