// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.debouncedbuffer.spi.DeadLetterRow;
import io.github.debouncedbuffer.spi.MessageRange;
import io.github.debouncedbuffer.spi.StoreTransaction;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Two nodes take hold of one dead letter. */
class LettersTest extends TwoNodes {

  private static final long ID = 7;

  private static boolean isThere(StoreTransaction tx) {
    return !tx.deadLetters(ID - 1, 1).isEmpty();
  }

  /** As a redrive does, while the other node does something with the letter. */
  private List<Boolean> redrivenWhile(Consumer<StoreTransaction> other) {
    change(a, tx -> tx.append(List.of(message(KEY, "1"))));
    change(
        a,
        tx ->
            tx.bury(
                new DeadLetterRow(ID, KEY, "FAILED", "", 1, at(0), at(1)),
                MessageRange.after(KEY, 0)));
    List<Boolean> found = new ArrayList<>();
    change(
        b,
        tx -> {
          found.add(isThere(tx));
          if (found.size() == 1) {
            change(a, other);
          }
          if (isThere(tx) || found.size() == 1) {
            tx.append(List.of(message(KEY, "1")));
            tx.removeDeadLetter(ID, at(100));
          }
        });
    return found;
  }

  @Test
  void G2_G12_aLetterThatTheOtherOneHasRedriven_isNotRedrivenAgain() {
    assertThat(
            redrivenWhile(
                tx -> {
                  tx.append(List.of(message(KEY, "1")));
                  tx.removeDeadLetter(ID, at(100));
                }))
        .containsExactly(true, false);
    assertThat(a.<Long>transact(StoreTransaction::pendingMessages)).isEqualTo(1);
  }

  @Test
  void S13_aLetterThatTheOtherOneHasErased_doesNotComeBack() {
    assertThat(redrivenWhile(tx -> tx.erase(KEY))).containsExactly(true, false);
    assertThat(a.<Long>transact(StoreTransaction::pendingMessages)).isZero();
  }
}
