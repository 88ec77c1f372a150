// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.testkit.contract;

import static io.github.debouncedbuffer.testkit.contract.Samples.all;
import static io.github.debouncedbuffer.testkit.contract.Samples.at;
import static io.github.debouncedbuffer.testkit.contract.Samples.id;
import static io.github.debouncedbuffer.testkit.contract.Samples.letter;
import static io.github.debouncedbuffer.testkit.contract.Samples.message;
import static io.github.debouncedbuffer.testkit.contract.Samples.withId;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.debouncedbuffer.spi.MessageId;
import io.github.debouncedbuffer.spi.MessageRange;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** S5: which message ids are remembered, and how they are forgotten. */
abstract class MessageIdRules extends DueRules {

  private static final MessageId A1 = id("a", "1");
  private static final MessageId A2 = id("a", "2");
  private static final MessageId A3 = id("a", "3");

  /**
   * If this fails, look at what {@code known} asks: the ids of stored, dead and ended messages,
   * each with the sequence under which it was appended.
   *
   * @throws Exception if the store cannot be opened again
   */
  @Test
  public void S5_known_findsIdsOfStoredDeadAndEndedMessages() throws Exception {
    long first = append(withId("a", "1"), withId("a", "2"), withId("a", "3"), message("a", "4"));
    change(tx -> tx.bury(letter(tx.nextTokens(1), "a"), MessageRange.one("a", first + 1)));
    delete(at(10), MessageRange.one("a", first + 2));
    Map<MessageId, Long> expected = Map.of(A1, first, A2, first + 1, A3, first + 2);
    assertEquals(expected, known(at(9), A1, A2, A3, id("a", "4"), id("a", "never")));
    reopen();
    assertEquals(expected, known(at(9), A1, A2, A3));
  }

  /** If this fails, look at the identity of an id: key and id together, each compared exactly. */
  @Test
  public void S5_known_isByKeyAndExactId() {
    long first = append(withId("a", "x"), withId("b", "y"));
    assertEquals(
        Map.of(id("a", "x"), first),
        known(at(0), id("a", "x"), id("a", "X"), id("b", "x"), id("a", "y"), id("a", "x ")));
    assertEquals(Map.of(), known(at(0)));
    // Joined by a separator these would be one.
    long second = append(message("a:b", "c", "1", 0));
    assertEquals(Map.of(id("a:b", "c"), second), known(at(0), id("a:b", "c"), id("a", "b:c")));
  }

  /**
   * If this fails, look at the bound of the retention in {@code known}: an id is remembered before
   * the time at which it ends and no longer at it, whether {@code forgetIds} has come by or not.
   */
  @Test
  public void S5_known_endsWithTheRetention_thoughNobodyHasForgottenTheId() {
    long first = append(withId("a", "1"), withId("a", "2"));
    delete(at(10), MessageRange.one("a", first));
    assertEquals(Map.of(A1, first, A2, first + 1), known(at(10).minusNanos(1), A1, A2));
    assertEquals(Map.of(A2, first + 1), known(at(10), A1, A2));
    assertEquals(Map.of(A2, first + 1), known(at(1_000_000), A1, A2));
  }

  /** If this fails, look at the bound, the order and the limit of {@code forgetIds}. */
  @Test
  public void S5_forgetIds_endsRetentionsThatAreOver_aFewAtATime() {
    long first = append(withId("a", "1"), withId("a", "2"), withId("a", "3"));
    delete(at(30), MessageRange.one("a", first));
    delete(at(10), MessageRange.one("a", first + 1));
    delete(at(20), MessageRange.one("a", first + 2));
    assertEquals(0, forget(at(10).minusNanos(1), 10));
    assertEquals(1, forget(at(10), 10));
    assertEquals(Map.of(A1, first, A3, first + 2), known(at(0), A1, A2, A3));
    assertEquals(1, forget(at(30), 1));
    assertEquals(1, known(at(0), A1, A2, A3).size());
    assertEquals(1, forget(at(30), 10));
    assertEquals(0, forget(at(30), 10));
    assertEquals(Map.of(), known(at(0), A1, A2, A3));
  }

  /**
   * If this fails, look at what {@code forgetIds} takes: not the ids of stored or dead messages.
   */
  @Test
  public void S5_forgetIds_leavesIdsOfStoredAndDeadMessages() {
    long first = append(withId("a", "1"), withId("a", "2"));
    change(tx -> tx.bury(letter(tx.nextTokens(1), "a"), MessageRange.one("a", first)));
    assertEquals(0, forget(at(1_000_000), 10));
    assertEquals(Map.of(A1, first, A2, first + 1), known(at(1_000_000), A1, A2));
  }

  /**
   * If this fails, look at what {@code append} does with an id that is still retained: it belongs
   * to the new message, and its old retention is off.
   */
  @Test
  public void S6_idAppendedAnewAfterItsMessageEnded_belongsToTheNewMessage() {
    append(withId("a", "1"));
    delete(at(10), all("a"));
    long second = append(withId("a", "1"));
    assertEquals(Map.of(A1, second), known(at(99), A1));
    assertEquals(0, forget(at(99), 10));
    delete(at(200), all("a"));
    assertEquals(Map.of(A1, second), known(at(199), A1));
    assertEquals(0, forget(at(199), 10));
    assertEquals(1, forget(at(200), 10));
  }

  /**
   * If this fails, look at an append of an id whose retention is over but which is still there,
   * asked for before in the same transaction or not.
   */
  @Test
  public void S6_idAppendedAnewAfterItsRetention_isRememberedAgain() {
    append(withId("a", "1"), withId("a", "2"));
    delete(at(10), all("a"));
    long second =
        store.transact(
            tx -> {
              assertEquals(Map.of(), tx.known(List.of(A1), at(10)));
              return tx.append(List.of(withId("a", "1"), withId("a", "2")));
            });
    assertEquals(Map.of(A1, second, A2, second + 1), known(at(20), A1, A2));
    assertEquals(0, forget(at(1_000), 10));
  }

  /**
   * If this fails, look at what {@code delete} does with the ids: one that was appended anew
   * belongs to the newer message and is left alone.
   */
  @Test
  public void S8_delete_leavesAnIdThatWasAppendedAnew() {
    long first = append(withId("a", "1"));
    long second = append(withId("a", "1"));
    delete(at(10), MessageRange.one("a", first));
    assertEquals(Map.of(A1, second), known(at(1_000), A1));
    assertEquals(0, forget(at(1_000), 10));
  }

  /** If this fails, look at {@code delete}: each call has its own end of the retention. */
  @Test
  public void S8_delete_remembersIdsUntilTheGivenTime_andNoLonger() {
    append(withId("a", "1"), withId("b", "2"), message("b", "no id"));
    delete(at(10).plusNanos(1), all("a"), all("b"));
    assertEquals(2, known(at(10), A1, id("b", "2")).size());
    assertEquals(0, known(at(10).plusNanos(1), A1, id("b", "2")).size());
    assertEquals(0, forget(at(10), 10));
    assertEquals(2, forget(at(10).plusNanos(1), 10));
  }

  /**
   * If this fails, look at a second {@code delete} of the same range: the first one's time stays.
   */
  @Test
  public void S8_deletingWhatIsGone_movesNoRetention() {
    long first = append(withId("a", "1"));
    delete(at(10), MessageRange.one("a", first));
    delete(at(99), MessageRange.one("a", first), all("a"));
    assertEquals(Map.of(), known(at(10), A1));
    assertEquals(1, forget(at(10), 10));
  }
}
