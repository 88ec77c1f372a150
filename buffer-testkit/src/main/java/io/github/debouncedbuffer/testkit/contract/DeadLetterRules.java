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

import io.github.debouncedbuffer.spi.BuriedLetter;
import io.github.debouncedbuffer.spi.DeadLetterRow;
import io.github.debouncedbuffer.spi.MessageId;
import io.github.debouncedbuffer.spi.MessageRange;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** S12: dead letters are buried, listed and removed. */
abstract class DeadLetterRules extends TokenRules {

  private static final MessageId A1 = id("a", "1");
  private static final MessageId A2 = id("a", "2");

  /**
   * If this fails, look at what {@code bury} takes: the key's messages in the range, whatever its
   * limit, out of {@code read} and {@code pendingMessages}; the others stay.
   */
  @Test
  public void S12_bury_takesExactlyTheRangeOutOfReadAndCount() {
    long one = append(message("a", "1"), message("b", "2"), message("a", "3"), message("a", "4"));
    bury("a", MessageRange.through("a", one + 2).limited(1));
    assertEquals(List.of("4"), texts(all("a")));
    assertEquals(List.of("2"), texts(all("b")));
    assertEquals(2, pending());
    assertEquals(List.of("1", "3"), textsOf(letters().get(0)));
  }

  /**
   * If this fails, look at how a letter is stored: all of its fields, and its messages as they
   * were, in the order of their sequences.
   *
   * @throws Exception if the store cannot be opened again
   */
  @Test
  public void S12_letter_readsBackAsItWasBuried() throws Exception {
    append(withId("a", "1"), message("a", null, "2", 7), message("a", "", "", 8));
    List<Seen> before = read(all("a"));
    String error = "'\"\n\\%_\uD83D\uDE00".repeat(62);
    long id = token();
    var row =
        new DeadLetterRow(
            id, "a", "unreadable", error, Integer.MAX_VALUE, at(1), at(2).plusNanos(1));
    change(tx -> tx.bury(row, all("a")));
    BuriedLetter buried = letters().get(0);
    assertEquals(row, buried.row());
    assertEquals(before, Seen.all(buried.messages()));
    reopen();
    assertEquals(row, letters().get(0).row());
    assertEquals(before, Seen.all(letters().get(0).messages()));
  }

  /** If this fails, look at {@code delete}: what is dead is not its affair. */
  @Test
  public void S12_buriedMessages_areNotDeletedByDelete() {
    append(withId("a", "1"), message("a", "2"), message("a", "3"));
    bury("a", MessageRange.through("a", sequences(all("a")).get(1)));
    delete(at(10), all("a"));
    assertEquals(List.of("1", "2"), textsOf(letters().get(0)));
    assertEquals(0, pending());
    assertEquals(1, known(at(1_000), A1).size());
    assertEquals(0, forget(at(1_000), 10));
  }

  /** If this fails, look at the list of dead letters: by id, after one exclusively, to a limit. */
  @Test
  public void S12_deadLetters_areListedByPage_inTheOrderOfTheirIds() {
    append(message("a", "1"), message("b", "2"), message("c", "3"));
    long first = store.transact(tx -> tx.nextTokens(3));
    change(tx -> tx.bury(letter(first + 2, "a"), all("a")));
    change(tx -> tx.bury(letter(first, "c"), all("c")));
    change(tx -> tx.bury(letter(first + 1, "b"), all("b")));
    assertEquals(List.of(first, first + 1), ids(0, 2));
    assertEquals(List.of(first + 2), ids(first + 1, 2));
    assertEquals(List.of(first + 1, first + 2), ids(first, Integer.MAX_VALUE));
    assertEquals(List.of(), ids(first + 2, 2));
  }

  /**
   * If this fails, look at {@code removeDeadLetter}: this letter and its messages alone; an absent
   * one is no error.
   *
   * @throws Exception if the store cannot be opened again
   */
  @Test
  public void S12_remove_takesOneLetter_andAnAbsentOneIsNoError() throws Exception {
    append(message("a", "1"), message("b", "2"));
    long gone = bury("a", all("a"));
    long kept = bury("b", all("b"));
    change(tx -> tx.removeDeadLetter(gone, at(10)));
    change(tx -> tx.removeDeadLetter(gone, at(10)));
    assertEquals(List.of(kept), ids(0, 9));
    assertEquals(List.of("2"), textsOf(letters().get(0)));
    reopen();
    assertEquals(List.of(kept), ids(0, 9));
    assertEquals(List.of(), texts(all("a")));
    assertEquals(0, pending());
  }

  /** If this fails, look at the ids of dead messages: their retention begins with the removal. */
  @Test
  public void S12_remove_beginsTheRetentionOfTheIds() {
    long one = append(withId("a", "1"), withId("a", "2"));
    long id = bury("a", MessageRange.one("a", one));
    assertEquals(Map.of(A1, one), known(at(1_000_000), A1));
    change(tx -> tx.removeDeadLetter(id, at(10)));
    assertEquals(Map.of(A1, one), known(at(10).minusNanos(1), A1));
    assertEquals(Map.of(), known(at(10), A1));
    change(tx -> tx.removeDeadLetter(id, at(99)));
    assertEquals(0, forget(at(10).minusNanos(1), 9));
    assertEquals(1, forget(at(10), 9));
    assertEquals(Map.of(A2, one + 1), known(at(10), A1, A2));
  }

  /**
   * If this fails, look at {@code removeDeadLetter} after a redrive, which appends first: an id
   * that belongs to a newer message is left alone.
   */
  @Test
  public void S12_remove_leavesAnIdThatWasAppendedAnew() {
    append(withId("a", "1"), withId("a", "2"));
    long id = bury("a", all("a"));
    long again =
        store.transact(
            tx -> {
              long sequence = tx.append(List.of(withId("a", "2")));
              tx.removeDeadLetter(id, at(10));
              return sequence;
            });
    assertEquals(Map.of(A2, again), known(at(1_000), A1, A2));
    assertEquals(1, forget(at(1_000), 10));
    assertEquals(List.of("2"), texts(all("a")));
  }

  /** If this fails, look at two letters of one key: the messages of each are its own. */
  @Test
  public void S12_lettersOfOneKey_keepTheirMessagesApart() {
    long one = append(message("a", "1"), message("a", "2"), message("a", "3"));
    long first = bury("a", MessageRange.one("a", one));
    bury("a", MessageRange.one("a", one + 2));
    assertEquals(List.of("1"), textsOf(letters().get(0)));
    assertEquals(List.of("3"), textsOf(letters().get(1)));
    change(tx -> tx.removeDeadLetter(first, at(10)));
    assertEquals(List.of("3"), textsOf(letters().get(0)));
    assertEquals(List.of("2"), texts(all("a")));
  }

  private long token() {
    return store.transact(tx -> tx.nextTokens(1));
  }

  private long bury(String key, MessageRange range) {
    long id = token();
    change(tx -> tx.bury(letter(id, key), range));
    return id;
  }

  private List<Long> ids(long afterId, int limit) {
    return store.transact(tx -> tx.deadLetters(afterId, limit)).stream()
        .map(each -> each.row().id())
        .toList();
  }

  private static List<String> textsOf(BuriedLetter letter) {
    return Seen.all(letter.messages()).stream().map(Seen::payload).toList();
  }
}
