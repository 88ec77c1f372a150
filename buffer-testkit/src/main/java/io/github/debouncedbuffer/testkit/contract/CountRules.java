// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.testkit.contract;

import static io.github.debouncedbuffer.testkit.contract.Samples.all;
import static io.github.debouncedbuffer.testkit.contract.Samples.at;
import static io.github.debouncedbuffer.testkit.contract.Samples.backingOff;
import static io.github.debouncedbuffer.testkit.contract.Samples.letter;
import static io.github.debouncedbuffer.testkit.contract.Samples.message;
import static io.github.debouncedbuffer.testkit.contract.Samples.running;
import static io.github.debouncedbuffer.testkit.contract.Samples.waiting;
import static io.github.debouncedbuffer.testkit.contract.Samples.withId;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.debouncedbuffer.spi.MessageRange;
import io.github.debouncedbuffer.spi.StoreStats;
import io.github.debouncedbuffer.spi.StoreTransaction;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is counted. */
abstract class CountRules extends EraseRules {

  /**
   * If this fails, look at where the count goes up and down: append, delete and bury, each by what
   * it really did; and how it is found again after opening.
   *
   * @throws Exception if the store cannot be opened again
   */
  @Test
  public void pendingMessages_isWhatIsStoredAndNotDead() throws Exception {
    assertEquals(0, pending());
    long one = append(message("a", "1"), message("b", "2"), message("a", "3"));
    assertEquals(3, pending());
    delete(at(0), MessageRange.one("a", one), MessageRange.one("a", one + 1));
    assertEquals(2, pending());
    long id = store.transact(tx -> tx.nextTokens(1));
    change(tx -> tx.bury(letter(id, "b"), all("b")));
    assertEquals(1, pending());
    change(tx -> tx.removeDeadLetter(id, at(0)));
    assertEquals(1, pending());
    reopen();
    assertEquals(1, pending());
    delete(at(0), all("a"), all("b"));
    assertEquals(0, pending());
  }

  /**
   * If this fails, look at the count that differs in {@code stats}.
   *
   * @throws Exception if the store cannot be opened again
   */
  @Test
  public void stats_areExact() throws Exception {
    assertEquals(new StoreStats(0, 0, 0, 0, 0, 0, null, 0), stats());
    change(
        tx -> {
          long one =
              tx.append(
                  List.of(
                      message("w", "ended", "", 1),
                      message("w", "id", "", 2),
                      message("r", null, "", 3),
                      message("b", null, "", 4),
                      withId("dead", "dead"),
                      message("x", null, "", 5)));
          tx.delete(List.of(MessageRange.one("w", one)), at(10));
          tx.bury(letter(tx.nextTokens(1), "dead"), all("dead"));
          tx.save(List.of(waiting("w", 5), waiting("x", 5), running("r")));
          tx.save(List.of(backingOff("b", 6, false), backingOff("b2", 6, true)));
          tx.save(List.of(backingOff("b3", 6, true)));
        });
    assertEquals(new StoreStats(4, 2, 1, 3, 1, 3, at(2), 0), stats());
    reopen();
    assertEquals(new StoreStats(4, 2, 1, 3, 1, 3, at(2), 0), stats());
    delete(at(10), all("w"));
    forget(at(10), 9);
    assertEquals(new StoreStats(3, 2, 1, 3, 1, 1, at(3), 0), stats());
  }

  /** If this fails, look at what {@code stats} calls the log: a store without one says 0. */
  @Test
  public void stats_logBytes_isNeverNegative() {
    append(message("a", "1"));
    StoreStats stats = store.transact(StoreTransaction::stats);
    assertTrue(stats.logBytes() >= 0, "logBytes " + stats.logBytes());
  }

  private StoreStats stats() {
    return Snapshot.withoutLog(store.transact(StoreTransaction::stats));
  }
}
