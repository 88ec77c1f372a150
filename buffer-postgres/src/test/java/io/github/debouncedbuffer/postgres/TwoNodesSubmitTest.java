// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.debouncedbuffer.spi.MessageId;
import io.github.debouncedbuffer.spi.MessageRange;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Messages that both nodes store at the same time. */
class TwoNodesSubmitTest extends TwoNodes {

  /** Its key came and went, so that only the id shows that somebody was faster. */
  @Test
  void S5_anIdThatSomebodyStoresMeanwhile_isFoundByTheWorkThatIsRunAgain() {
    MessageId id = new MessageId(KEY, "1");
    AtomicInteger runs = new AtomicInteger();
    boolean stored =
        a.transact(
            tx -> {
              tx.lock(List.of(KEY));
              if (!tx.known(List.of(id), at(0)).isEmpty()) {
                return false;
              }
              if (runs.incrementAndGet() == 1) {
                change(b, other -> other.append(List.of(message(KEY, "1"))));
                change(b, other -> other.delete(List.of(MessageRange.after(KEY, 0)), at(99)));
              }
              tx.append(List.of(message(KEY, "1")));
              return true;
            });
    assertThat(stored).isFalse();
    assertThat(runs).hasValue(1);
  }

  @Test
  void S6_sequencesOfAKeyGrow_whicheverNodeAppends() {
    long last = 0;
    for (int round = 0; round < 10; round++) {
      for (PostgresBufferStore node : List.of(a, b, b)) {
        long sequence =
            node.transact(
                tx -> {
                  tx.lock(List.of(KEY));
                  return tx.append(List.of(message(KEY, "1"), message(KEY, "2")));
                });
        assertThat(sequence).isGreaterThan(last);
        last = sequence + 1;
      }
    }
    change(a, tx -> assertThat(tx.pendingMessages()).isEqualTo(60));
    change(b, tx -> assertThat(tx.pendingMessages()).isEqualTo(60));
  }

  /** A transaction on the connection that is held does not keep others of its node waiting. */
  @Test
  void S16_transactionsOfOneNode_runAtTheSameTime() throws Exception {
    Held first = new Held(a, tx -> tx.append(List.of(message(KEY, "1"))));
    change(a, tx -> tx.append(List.of(message(OTHER, "2"))));
    change(b, tx -> assertThat(tx.pendingMessages()).isEqualTo(1));
    first.commit();
    change(b, tx -> assertThat(tx.pendingMessages()).isEqualTo(2));
  }
}
