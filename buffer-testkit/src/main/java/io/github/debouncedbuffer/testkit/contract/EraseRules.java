// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.testkit.contract;

import static io.github.debouncedbuffer.testkit.contract.Samples.all;
import static io.github.debouncedbuffer.testkit.contract.Samples.at;
import static io.github.debouncedbuffer.testkit.contract.Samples.id;
import static io.github.debouncedbuffer.testkit.contract.Samples.letter;
import static io.github.debouncedbuffer.testkit.contract.Samples.message;
import static io.github.debouncedbuffer.testkit.contract.Samples.waiting;
import static io.github.debouncedbuffer.testkit.contract.Samples.withId;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.debouncedbuffer.spi.MessageId;
import io.github.debouncedbuffer.spi.MessageRange;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** S13: all of a key is erased. That nothing is left on the medium is untested here. */
abstract class EraseRules extends DeadLetterRules {

  private static final MessageId A1 = id("a", "1");
  private static final MessageId A2 = id("a", "2");
  private static final MessageId A3 = id("a", "3");
  private static final MessageId B1 = id("b", "1");

  /** A pending, a dead and a handled message of key "a", and one of each of key "b". */
  private void fill() {
    long first = append(withId("a", "1"), withId("a", "2"), withId("a", "3"));
    long other = append(withId("b", "1"), message("b", "2"), message("b", "3"));
    change(
        tx -> {
          tx.bury(letter(tx.nextTokens(1), "a"), MessageRange.one("a", first + 1));
          tx.bury(letter(tx.nextTokens(1), "b"), MessageRange.one("b", other + 1));
        });
    delete(at(1_000), MessageRange.one("a", first + 2), MessageRange.one("b", other + 2));
  }

  private int erase(String key) {
    return store.transact(tx -> tx.erase(key));
  }

  /**
   * If this fails, look at what {@code erase} removes: pending messages, dead letters with theirs,
   * and all ids, those of handled messages too; and at what it counts: messages.
   *
   * @throws Exception if the store cannot be opened again
   */
  @Test
  public void S13_erase_removesMessagesLettersAndIds() throws Exception {
    fill();
    assertEquals(2, erase("a"));
    for (int opened = 0; opened < 2; opened++) {
      assertEquals(List.of(), texts(all("a")));
      assertEquals(Map.of(), known(at(0), A1, A2, A3));
      assertEquals(1, letters().size());
      assertEquals("b", letters().get(0).row().key());
      assertEquals(1, pending());
      reopen();
    }
    assertEquals(0, erase("a"));
  }

  /** If this fails, look at the key: what is compared is all of it, exactly. */
  @Test
  public void S13_erase_leavesOtherKeysAlone() {
    fill();
    change(tx -> tx.erase("A"));
    change(tx -> tx.erase("a "));
    change(tx -> tx.erase(""));
    assertEquals(3, known(at(0), A1, A2, A3).size());
    change(tx -> tx.erase("a"));
    assertEquals(List.of("1"), texts(all("b")));
    assertEquals(1, known(at(0), B1).size());
    assertEquals(1, letters().get(0).messages().size());
  }

  /** If this fails, look at the row: it is the engine that decides what becomes of it. */
  @Test
  public void S13_erase_doesNotTouchTheRow() {
    save(waiting("a", 35));
    append(message("a", "1"));
    change(tx -> tx.erase("a"));
    assertEquals(Map.of("a", waiting("a", 35)), rows("a"));
  }

  /** If this fails, look at sequences: what was erased is no reason to give one again. */
  @Test
  public void S13_erasedIds_canBeAppendedAnew_underANewSequence() {
    long first = append(withId("a", "1"));
    long second =
        store.transact(
            tx -> {
              tx.erase("a");
              return tx.append(List.of(withId("a", "1")));
            });
    assertEquals(first + 1, second);
    assertEquals(Map.of(A1, second), known(at(0), A1));
    assertEquals(List.of("1"), texts(all("a")));
  }

  /**
   * If this fails, look at the rollback: erasing is taken back like anything else, counts included.
   *
   * @throws Exception if the store cannot be opened again
   */
  @Test
  public void S13_erase_isTakenBack_withItsTransaction() throws Exception {
    fill();
    changeAndThrow(tx -> tx.erase("a"));
    for (int opened = 0; opened < 2; opened++) {
      assertEquals(List.of("1"), texts(all("a")));
      assertEquals(3, known(at(0), A1, A2, A3).size());
      assertEquals(2, letters().size());
      assertEquals(2, pending());
      reopen();
    }
  }

  /** If this fails, look at messages that were appended or buried in the same transaction. */
  @Test
  public void S13_erase_seesWhatThisTransactionHasWritten() {
    change(
        tx -> {
          long first = tx.append(List.of(withId("a", "1"), withId("a", "2")));
          tx.bury(letter(tx.nextTokens(1), "a"), MessageRange.one("a", first));
          assertEquals(2, tx.erase("a"));
          assertEquals(0, tx.pendingMessages());
        });
    assertEquals(Map.of(), known(at(0), A1, A2));
    assertEquals(List.of(), letters());
  }
}
