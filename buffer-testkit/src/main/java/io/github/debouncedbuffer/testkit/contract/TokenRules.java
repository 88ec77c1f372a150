// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** S11: tokens never come again. */
abstract class TokenRules extends KeyRowRules {

  /**
   * If this fails, look at how {@code nextTokens} moves its counter: by as many as were asked for,
   * within a transaction too.
   */
  @Test
  public void S11_tokens_areConsecutive_andNeverGivenTwice() {
    Set<Long> given = new HashSet<>();
    change(
        tx -> {
          draw(tx.nextTokens(3), 3, given);
          draw(tx.nextTokens(1), 1, given);
          draw(tx.nextTokens(5_000), 5_000, given);
        });
    draw(store.transact(tx -> tx.nextTokens(2)), 2, given);
    draw(store.transact(tx -> tx.nextTokens(1)), 1, given);
  }

  /**
   * If this fails, look at where the counter of tokens is kept: on disk, and in no row that comes
   * and goes.
   *
   * @throws Exception if the store cannot be opened again
   */
  @Test
  public void S11_tokens_neverComeAgainAfterReopening() throws Exception {
    Set<Long> given = new HashSet<>();
    draw(store.transact(tx -> tx.nextTokens(3)), 3, given);
    reopen();
    draw(store.transact(tx -> tx.nextTokens(2)), 2, given);
    reopen();
    draw(store.transact(tx -> tx.nextTokens(1)), 1, given);
  }

  private static void draw(long first, int count, Set<Long> given) {
    assertTrue(first >= 1, "a token is at least 1, not " + first);
    for (long token = first; token < first + count; token++) {
      assertTrue(given.add(token), "given twice: " + token);
    }
  }
}
