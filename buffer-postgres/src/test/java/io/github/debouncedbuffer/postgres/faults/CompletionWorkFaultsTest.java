// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.postgres.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What a handler's own statements do wrong fails the attempt, and nothing of them is kept. */
class CompletionWorkFaultsTest extends Completing {

  @Test
  void aConstraintThatIsLookedAtLate_failsTheAttempt() throws Exception {
    server.execute(
        "ALTER TABLE replies ADD CONSTRAINT once UNIQUE (text) DEFERRABLE INITIALLY DEFERRED");
    answersOnce(
        repliesAnd(
            (connection, batch) -> {
              if (batch.attempt() == 1) {
                reply(connection, batch);
              }
            }));
    assertThat(runs).hasValue(2);
  }

  @Test
  void workThatPausesForTooLong_failsTheAttempt() throws Exception {
    var never = new CountDownLatch(1);
    answersOnce(
        repliesAnd(
            (connection, batch) -> {
              if (batch.attempt() == 1) {
                long tooLong = options().completionTimeout().multipliedBy(2).toMillis();
                assertThat(never.await(tooLong, TimeUnit.MILLISECONDS)).isFalse();
              }
            }));
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
  void aStatementThatFailsAndIsSwallowed_failsTheAttempt() throws Exception {
    answersOnce(
        repliesAnd(
            (connection, batch) -> {
              if (batch.attempt() == 1) {
                try (Statement broken = connection.createStatement()) {
                  broken.execute("SELECT 1 / 0");
                } catch (SQLException swallowed) {
                  return;
                }
              }
            }));
    assertThat(runs).hasValue(2);
  }

  @Test
  void aStatementThatTakesTooLong_failsTheAttempt_withinTheTimeout() throws Exception {
    long began = System.nanoTime();
    answersOnce(
        repliesAnd(
            (connection, batch) -> {
              if (batch.attempt() == 1) {
                try (Statement slow = connection.createStatement()) {
                  slow.execute("SELECT pg_sleep(60)");
                }
              }
            }));
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
