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
import io.github.debouncedbuffer.postgres.faults.TcpProxy.Mode;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A handler's own statements and its completion: both are committed once, or neither is. */
class CompletionFaultsTest extends Faulty {

  private final AtomicInteger runs = new AtomicInteger();
  private final AtomicInteger works = new AtomicInteger();

  @BeforeEach
  void createReplies() throws SQLException {
    server.execute("DROP TABLE IF EXISTS replies");
    server.execute("CREATE TABLE replies (text text NOT NULL)");
  }

  private DebouncedBuffer<String> buffer(Handler<String> handler) {
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

  private void reply(Connection connection, Batch<String> batch) throws SQLException {
    works.incrementAndGet();
    try (PreparedStatement insert =
        connection.prepareStatement("INSERT INTO replies (text) VALUES (?)")) {
      insert.setString(1, String.join("+", batch.payloads()));
      insert.executeUpdate();
    }
  }

  private static List<String> replies() throws SQLException {
    return server.texts("SELECT text FROM replies");
  }

  private static void awaitHandled() throws Exception {
    long end = System.nanoTime() + BOUND.toNanos();
    while (server.countMessages() > 0) {
      assertThat(System.nanoTime()).isLessThan(end);
      Thread.sleep(10);
    }
  }

  @Test
  void theConnectionIsCutBeforeTheCommit_theWorkIsDoneAgain_andTheHandlerIsNot() throws Exception {
    try (var buffer =
        buffer(
            batch ->
                batch.onComplete(
                    Connection.class,
                    connection -> {
                      reply(connection, batch);
                      if (works.get() == 1) {
                        commits.beforeNext(proxy::cut);
                      }
                    }))) {
      buffer.submit(KEY, "hello");
      awaitHandled();
    }
    assertThat(replies()).containsExactly("hello");
    assertThat(works).hasValue(2);
    assertThat(runs).hasValue(1);
  }

  @Test
  void theConnectionIsCutBeforeTheWork_orWithinIt_theHandlerIsNotCalledAgain() throws Exception {
    try (var buffer =
        buffer(
            batch -> {
              proxy.cut();
              batch.onComplete(
                  Connection.class,
                  connection -> {
                    reply(connection, batch);
                    if (works.get() == 1) {
                      proxy.cut();
                      reply(connection, batch);
                    }
                  });
            })) {
      buffer.submit(KEY, "hello");
      awaitHandled();
    }
    assertThat(replies()).containsExactly("hello");
    assertThat(runs).hasValue(1);
  }

  @Test
  void aConstraintThatIsLookedAtLate_failsTheAttempt() throws Exception {
    server.execute(
        "ALTER TABLE replies ADD CONSTRAINT once UNIQUE (text) DEFERRABLE INITIALLY DEFERRED");
    try (var buffer =
        buffer(
            batch ->
                batch.onComplete(
                    Connection.class,
                    connection -> {
                      reply(connection, batch);
                      if (batch.attempt() == 1) {
                        reply(connection, batch);
                      }
                    }))) {
      buffer.submit(KEY, "hello");
      awaitHandled();
    }
    assertThat(replies()).containsExactly("hello");
    assertThat(runs).hasValue(2);
  }

  @Test
  void workThatPausesForTooLong_failsTheAttempt() throws Exception {
    try (var buffer =
        buffer(
            batch ->
                batch.onComplete(
                    Connection.class,
                    connection -> {
                      reply(connection, batch);
                      if (batch.attempt() == 1) {
                        Thread.sleep(options().completionTimeout().multipliedBy(2).toMillis());
                      }
                    }))) {
      buffer.submit(KEY, "hello");
      awaitHandled();
    }
    assertThat(replies()).containsExactly("hello");
    assertThat(runs).hasValue(2);
  }

  @Test
  void workThatHangs_doesNotKeepTheBufferFromClosing() throws Exception {
    var hangs = new CountDownLatch(1);
    var never = new CountDownLatch(1);
    var buffer =
        buffer(
            batch ->
                batch.onComplete(
                    Connection.class,
                    connection -> {
                      hangs.countDown();
                      never.await();
                    }));
    buffer.submit(KEY, "hello");
    assertThat(hangs.await(10, TimeUnit.SECONDS)).isTrue();
    assertThat(
            buffer
                .closeAsync(Duration.ofMillis(100))
                .toCompletableFuture()
                .get(20, TimeUnit.SECONDS))
        .isEqualTo(1);
    never.countDown();
  }

  @Test
  void theAnswerToTheCommitIsLost_nothingIsDoneTwice() throws Exception {
    try (var buffer =
        buffer(
            batch ->
                batch.onComplete(
                    Connection.class,
                    connection -> {
                      reply(connection, batch);
                      commits.beforeNext(this::loseTheAnswer);
                    }))) {
      buffer.submit(KEY, "hello");
      awaitHandled();
    }
    assertThat(replies()).containsExactly("hello");
    assertThat(works).hasValue(1);
    assertThat(runs).hasValue(1);
  }

  private void loseTheAnswer() {
    proxy.mode(Mode.NO_ANSWERS);
    Thread mends =
        new Thread(
            () -> {
              try {
                while (replies().isEmpty()) {
                  Thread.onSpinWait();
                }
                proxy.mode(Mode.PASS);
                proxy.cut();
              } catch (SQLException failed) {
                throw new IllegalStateException(failed);
              }
            });
    mends.setDaemon(true);
    mends.start();
  }

  @Test
  void aStatementThatFailsAndIsSwallowed_failsTheAttempt() throws Exception {
    try (var buffer =
        buffer(
            batch ->
                batch.onComplete(
                    Connection.class,
                    connection -> {
                      reply(connection, batch);
                      if (batch.attempt() == 1) {
                        try (Statement broken = connection.createStatement()) {
                          broken.execute("SELECT 1 / 0");
                        } catch (SQLException swallowed) {
                          return;
                        }
                      }
                    }))) {
      buffer.submit(KEY, "hello");
      awaitHandled();
    }
    assertThat(replies()).containsExactly("hello");
    assertThat(runs).hasValue(2);
  }

  @Test
  void aStatementThatTakesTooLong_failsTheAttempt_withinTheTimeout() throws Exception {
    long began = System.nanoTime();
    try (var buffer =
        buffer(
            batch ->
                batch.onComplete(
                    Connection.class,
                    connection -> {
                      reply(connection, batch);
                      if (batch.attempt() == 1) {
                        try (Statement slow = connection.createStatement()) {
                          slow.execute("SELECT pg_sleep(60)");
                        }
                      }
                    }))) {
      buffer.submit(KEY, "hello");
      awaitHandled();
    }
    assertThat(replies()).containsExactly("hello");
    assertThat(runs).hasValue(2);
    assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(BOUND);
  }

  @Test
  void itsOwnSubmit_toItsOwnKey_beforeTheKeyIsLocked_isNoDeadlock() throws Exception {
    try (var buffer =
        buffer(
            batch -> batch.onComplete(Connection.class, connection -> reply(connection, batch)))) {
      buffer.submit(KEY, "one");
      awaitHandled();
      buffer.submit(KEY, "two");
      awaitHandled();
    }
    assertThat(replies()).containsExactlyInAnyOrder("one", "two");
  }
}
