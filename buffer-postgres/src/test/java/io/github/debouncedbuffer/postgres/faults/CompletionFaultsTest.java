// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.postgres.faults;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/**
 * The connection breaks around a handler's own statements and its completion: both are committed
 * once.
 */
class CompletionFaultsTest extends Completing {

  @Test
  void theConnectionIsCutBeforeTheCommit_theWorkIsDoneAgain_andTheHandlerIsNot() throws Exception {
    answersOnce(
        repliesAnd(
            (connection, batch) -> {
              if (works.get() == 1) {
                commits.beforeNext(proxy::cut);
              }
            }));
    assertThat(works).hasValue(2);
    assertThat(runs).hasValue(1);
  }

  @Test
  void theConnectionIsCutBeforeTheWork_orWithinIt_theHandlerIsNotCalledAgain() throws Exception {
    answersOnce(
        batch -> {
          proxy.cut();
          repliesAnd(
                  (connection, same) -> {
                    if (works.get() == 1) {
                      proxy.cut();
                      reply(connection, same);
                    }
                  })
              .handle(batch);
        });
    assertThat(runs).hasValue(1);
  }

  @Test
  void theAnswerToTheCommitIsLost_nothingIsDoneTwice() throws Exception {
    answersOnce(
        repliesAnd(
            (connection, batch) -> {
              commits.beforeNext(() -> loseTheAnswer(() -> !replies().isEmpty()));
            }));
    assertThat(works).hasValue(1);
    assertThat(runs).hasValue(1);
  }
}
