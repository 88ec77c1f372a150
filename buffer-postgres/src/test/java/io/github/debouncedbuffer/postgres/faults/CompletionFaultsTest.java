// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.postgres.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.debouncedbuffer.postgres.faults.TcpProxy.Mode;
import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

/**
 * The connection breaks around a handler's own statements and its completion: both are committed
 * once.
 */
class CompletionFaultsTest extends Completing {

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
}
