// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.postgres;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.debouncedbuffer.spi.KeyRow;
import io.github.debouncedbuffer.spi.StoreException;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** S15: what one node hears of the other's due times. Nobody hears himself. */
class ListenTest extends TwoNodes {

  private final BlockingQueue<Instant> heardByA = new LinkedBlockingQueue<>();
  private final BlockingQueue<Instant> heardByB = new LinkedBlockingQueue<>();

  /** Each is told to look when it begins to listen. */
  @BeforeEach
  void listen() throws InterruptedException {
    a.listen(heardByA::add);
    b.listen(heardByB::add);
    assertThat(heardByA.poll(30, SECONDS)).isEqualTo(Instant.EPOCH);
    assertThat(heardByB.poll(30, SECONDS)).isEqualTo(Instant.EPOCH);
  }

  private void save(PostgresBufferStore node, KeyRow... rows) {
    change(node, tx -> tx.save(List.of(rows)));
  }

  private static void assertHears(BlockingQueue<Instant> heard, Instant dueAt)
      throws InterruptedException {
    assertThat(heard.poll(30, SECONDS)).isEqualTo(dueAt);
  }

  @Test
  void S15_theOtherNodeHearsOfAnEarlierDueTime_andOfNoOther() throws InterruptedException {
    save(a, waiting(KEY, 1, at(50)));
    assertHears(heardByB, at(50));
    save(a, waiting(OTHER, 1, at(60)), running("ran", at(5)));
    save(a, waiting(OTHER, 1, at(50)));
    save(a, waiting(OTHER, 1, at(50).minusNanos(1)), waiting("third", 1, at(70)));
    assertHears(heardByB, at(50).minusNanos(1));
    save(b, waiting(OTHER, 1, at(7)));
    assertHears(heardByA, at(7));
    assertThat(heardByA).isEmpty();
    assertThat(heardByB).isEmpty();
  }

  @Test
  void S15_whatIsTakenBack_isNotHeardOf() throws InterruptedException {
    try {
      change(
          a,
          tx -> {
            tx.save(List.of(waiting(KEY, 1, at(5))));
            throw new IllegalStateException("on purpose");
          });
    } catch (IllegalStateException onPurpose) {
      assertThat(onPurpose).hasMessage("on purpose");
    }
    save(a, waiting(KEY, 1, at(9)));
    assertHears(heardByB, at(9));
  }

  /** What was told meanwhile is lost, so that it looks. */
  @Test
  void S15_aConnectionThatIsCut_isReplaced_andTheNodeLooks() throws InterruptedException {
    Server.cut(options.schema());
    assertHears(heardByA, Instant.EPOCH);
    assertHears(heardByB, Instant.EPOCH);
    assertThatThrownBy(() -> save(a, waiting(KEY, 1, at(9))))
        .isInstanceOf(StoreException.class); // its other connection was cut, too
    save(a, waiting(KEY, 1, at(9)));
    assertHears(heardByB, at(9));
  }

  @Test
  void S15_afterClose_nothingIsHeard_andNoThreadAndNoConnectionAreLeft() throws Exception {
    b.close();
    save(a, waiting(KEY, 1, at(5)));
    assertThat(heardByB.poll(200, MILLISECONDS)).isNull();
    a.close();
    long deadline = System.nanoTime() + SECONDS.toNanos(30);
    while (isAnyListening()) {
      assertThat(System.nanoTime()).isLessThan(deadline);
      Thread.onSpinWait();
    }
  }

  private boolean isAnyListening() {
    return Thread.getAllStackTraces().keySet().stream()
            .anyMatch(thread -> thread.getName().equals("debounced-buffer-listen"))
        || Server.hasConnections(options.schema());
  }
}
