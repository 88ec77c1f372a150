// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.testkit.contract;

import static io.github.debouncedbuffer.testkit.contract.Samples.at;
import static io.github.debouncedbuffer.testkit.contract.Samples.backingOff;
import static io.github.debouncedbuffer.testkit.contract.Samples.letter;
import static io.github.debouncedbuffer.testkit.contract.Samples.running;
import static io.github.debouncedbuffer.testkit.contract.Samples.waiting;
import static io.github.debouncedbuffer.testkit.contract.Samples.withId;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.debouncedbuffer.spi.KeyRow;
import io.github.debouncedbuffer.spi.MessageId;
import io.github.debouncedbuffer.spi.MessageRange;
import io.github.debouncedbuffer.spi.NewMessage;
import io.github.debouncedbuffer.spi.StoreTransaction;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The collections that methods take: none at all, and many at once. */
abstract class BulkRules extends CountRules {

  /** More than databases take parameters in one statement, if a row has a dozen columns. */
  private static final int MANY = 5_000;

  private static final List<String> KEYS =
      IntStream.range(0, MANY).mapToObj(i -> "wati:" + (50_370_000_000L + i)).toList();
  private static final List<MessageId> IDS =
      KEYS.stream().map(key -> new MessageId(key, "id")).toList();
  private static final List<MessageRange> RANGES = KEYS.stream().map(Samples::all).toList();

  /** If this fails, look at the rule's own method, given an empty collection: it does nothing. */
  @Test
  public void S2_S5_S6_S7_S8_S9_emptyCollections_doNothing() {
    append(withId("a", "1"));
    save(waiting("a", 5));
    Collection<MessageId> ids = List.of(new MessageId("a", "1"));
    String before = Snapshot.of(store, List.of("a"), ids);
    change(
        tx -> {
          assertEquals(Map.of(), tx.lock(List.of()));
          assertEquals(Map.of(), tx.known(List.of(), at(0)));
          assertTrue(tx.append(List.of()) >= 1, "the sequence that would come next");
          assertEquals(Map.of(), tx.read(List.of()));
          tx.delete(List.of(), at(0));
          tx.save(List.of());
          tx.remove(List.of());
        });
    assertEquals(before, Snapshot.of(store, List.of("a"), ids));
  }

  /** If this fails, look at how {@code append} builds its statements for thousands of messages. */
  @Test
  public void S6_append_takesThousandsAtOnce() {
    long first = appendMany();
    assertEquals(MANY, pending());
    assertEquals(List.of(first), sequences(RANGES.get(0)));
    assertEquals(List.of(first + MANY - 1), sequences(RANGES.get(MANY - 1)));
  }

  /** If this fails, look at how {@code known} and {@code forgetIds} handle thousands of ids. */
  @Test
  public void S5_known_takesThousandsAtOnce() {
    appendMany();
    Map<MessageId, Long> known = store.transact(tx -> tx.known(IDS, at(0)));
    assertEquals(MANY, known.size());
    change(tx -> tx.delete(RANGES, at(10)));
    assertEquals(MANY, store.<Integer>transact(tx -> tx.known(IDS, at(9)).size()));
    assertEquals(0, store.<Integer>transact(tx -> tx.known(IDS, at(10)).size()));
    assertEquals(MANY, forget(at(10), MANY));
  }

  /** If this fails, look at how {@code read} and {@code delete} handle thousands of ranges. */
  @Test
  public void S7_S8_readAndDelete_takeThousandsAtOnce() {
    appendMany();
    change(
        tx -> {
          Collection<?> read = tx.read(RANGES).values();
          assertEquals(MANY, read.stream().filter(each -> ((List<?>) each).size() == 1).count());
        });
    change(tx -> tx.delete(RANGES, at(10)));
    assertEquals(0, pending());
  }

  /** If this fails, look at how {@code save}, {@code lock} and {@code remove} build statements. */
  @Test
  public void S2_S9_saveLockAndRemove_takeThousandsAtOnce() {
    change(tx -> tx.save(KEYS.stream().map(key -> waiting(key, 5)).toList()));
    assertEquals(MANY, store.<Integer>transact(tx -> tx.lock(KEYS).size()));
    change(tx -> tx.save(KEYS.stream().map(Samples::running).toList()));
    assertEquals(Map.of(KEYS.get(MANY - 1), running(KEYS.get(MANY - 1))), rows(KEYS.get(MANY - 1)));
    change(tx -> tx.remove(KEYS));
    assertEquals(Map.of(), store.transact(tx -> tx.lock(KEYS)));
  }

  /** If this fails, look at how {@code lockDue} and {@code lockForRecovery} handle thousands. */
  @Test
  public void S3_S4_lockDueAndForRecovery_giveThousandsAtOnce() {
    change(tx -> tx.save(KEYS.stream().map(key -> backingOff(key, 5, false)).toList()));
    List<KeyRow> due = store.transact(tx -> tx.lockDue(at(5), MANY, true));
    assertEquals(MANY, new HashSet<>(due).size());
    change(tx -> tx.save(KEYS.stream().map(Samples::running).toList()));
    List<KeyRow> running = store.transact(tx -> tx.lockForRecovery(at(5), MANY));
    assertEquals(MANY, new HashSet<>(running).size());
  }

  /** If this fails, look at a dead letter with thousands of messages, or thousands of letters. */
  @Test
  public void S12_bury_takesThousandsAtOnce() {
    change(
        tx -> tx.append(IntStream.range(0, MANY).mapToObj(i -> withId("flood", "" + i)).toList()));
    change(tx -> tx.bury(letter(tx.nextTokens(1), "flood"), Samples.all("flood")));
    assertEquals(MANY, letters().get(0).messages().size());
    assertEquals(0, pending());
    change(tx -> tx.removeDeadLetter(letters(tx), at(10)));
    assertEquals(MANY, forget(at(10), MANY));
  }

  private static long letters(StoreTransaction tx) {
    return tx.deadLetters(0, 1).get(0).row().id();
  }

  private long appendMany() {
    List<NewMessage> messages = KEYS.stream().map(key -> withId(key, "id")).toList();
    return store.transact(tx -> tx.append(messages));
  }
}
