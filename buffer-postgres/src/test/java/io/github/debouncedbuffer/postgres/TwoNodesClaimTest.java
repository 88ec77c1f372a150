// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Which node takes a batch, and under which token. */
class TwoNodesClaimTest extends TwoNodes {

  @Test
  void S3_S4_rowsThatAnotherNodeHolds_areSkipped_notWaitedFor() throws Exception {
    change(
        a,
        tx ->
            tx.save(
                List.of(
                    waiting("due " + KEY, 1, at(5)),
                    waiting("due " + OTHER, 1, at(6)),
                    running("ran " + KEY, at(5)),
                    running("ran " + OTHER, at(5)))));
    Held first = new Held(a, tx -> tx.lock(List.of("due " + KEY, "ran " + KEY)));
    change(
        b,
        tx -> {
          assertThat(tx.lockDue(at(9), 9, true)).containsExactly(waiting("due " + OTHER, 1, at(6)));
          assertThat(tx.lockForRecovery(at(9), 9)).containsExactly(running("ran " + OTHER, at(5)));
        });
    first.commit();
  }

  @Test
  void S4_aClaimThatHolds_isLeftAlone() {
    change(a, tx -> tx.save(List.of(running(KEY, at(5)))));
    change(b, tx -> assertThat(tx.lockForRecovery(at(5).minusNanos(1), 9)).isEmpty());
    change(b, tx -> assertThat(tx.lockForRecovery(at(5), 9)).hasSize(1));
  }

  @Test
  void S11_tokensAreNeverGivenTwice_alsoIfSomeAreTakenBack() {
    long first = a.transact(tx -> tx.nextTokens(3));
    assertThatThrownBy(
            () ->
                change(
                    b,
                    tx -> {
                      tx.nextTokens(1);
                      throw new IllegalStateException("on purpose");
                    }))
        .hasMessage("on purpose");
    long second = b.transact(tx -> tx.nextTokens(1));
    long third = a.transact(tx -> tx.nextTokens(1));
    assertThat(second).isGreaterThan(first + 2);
    assertThat(third).isGreaterThan(second);
  }
}
