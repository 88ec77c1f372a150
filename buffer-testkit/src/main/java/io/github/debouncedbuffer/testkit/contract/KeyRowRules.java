// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.testkit.contract;

import static io.github.debouncedbuffer.testkit.contract.Samples.all;
import static io.github.debouncedbuffer.testkit.contract.Samples.at;
import static io.github.debouncedbuffer.testkit.contract.Samples.backingOff;
import static io.github.debouncedbuffer.testkit.contract.Samples.id;
import static io.github.debouncedbuffer.testkit.contract.Samples.message;
import static io.github.debouncedbuffer.testkit.contract.Samples.running;
import static io.github.debouncedbuffer.testkit.contract.Samples.waiting;
import static io.github.debouncedbuffer.testkit.contract.Samples.withId;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.debouncedbuffer.spi.KeyRow;
import io.github.debouncedbuffer.spi.MessageRange;
import io.github.debouncedbuffer.spi.NewMessage;
import io.github.debouncedbuffer.spi.StoreStats;
import io.github.debouncedbuffer.spi.StoreTransaction;
import io.github.debouncedbuffer.spi.WindowRow;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** S9: key rows are kept as they are, and leave nothing behind. */
abstract class KeyRowRules extends MessageRules {

  /**
   * If this fails, look at the part of the row that differs: a time cut to micro- or milliseconds,
   * a null that became a zero, a number cut to 32 bits, or a part that was taken for absent.
   *
   * @throws Exception if the store cannot be opened again
   */
  @Test
  public void S9_row_readsBackEqual_inEveryShape_alsoAfterReopening() throws Exception {
    Map<String, KeyRow> expected = new HashMap<>();
    for (int shape = 0; shape < Samples.everyShape("").size(); shape++) {
      KeyRow row = Samples.everyShape("k" + shape).get(shape);
      expected.put(row.key(), row);
    }
    change(tx -> tx.save(expected.values()));
    String[] keys = expected.keySet().toArray(String[]::new);
    rows(keys).forEach((key, row) -> assertEquals(expected.get(key), row));
    assertEquals(expected, rows(keys));
    reopen();
    assertEquals(expected, rows(keys));
  }

  /**
   * If this fails, look at {@code save} of a row that exists: nothing of the old one may stay, in
   * memory or on disk.
   *
   * @throws Exception if the store cannot be opened again
   */
  @Test
  public void S9_save_replacesTheWholeRow_alsoAfterReopening() throws Exception {
    int shapes = Samples.everyShape("").size();
    List<KeyRow> before = new ArrayList<>();
    Map<String, KeyRow> after = new HashMap<>();
    for (int from = 0; from < shapes; from++) {
      for (int to = 0; to < shapes; to++) {
        List<KeyRow> each = Samples.everyShape("from " + from + " to " + to);
        before.add(each.get(from));
        after.put(each.get(to).key(), each.get(to));
      }
    }
    change(tx -> tx.save(before));
    change(tx -> tx.save(after.values()));
    String[] keys = after.keySet().toArray(String[]::new);
    rows(keys).forEach((key, row) -> assertEquals(after.get(key), row));
    reopen();
    rows(keys).forEach((key, row) -> assertEquals(after.get(key), row));
  }

  /**
   * If this fails, look at what is written for a message that changes nothing but the count and the
   * newest arrival: a store may leave that out if it finds both again.
   *
   * @throws Exception if the store cannot be opened again
   */
  @Test
  public void S9_rowThatCountedMessagesMore_readsBackEqual_alsoAfterReopening() throws Exception {
    for (int count = 1; count <= 4; count++) {
      KeyRow counted = counting(count);
      NewMessage message = message("k", null, "message " + count, count);
      change(
          tx -> {
            tx.append(List.of(message));
            tx.save(List.of(counted));
          });
      assertEquals(Map.of("k", counted), rows("k"));
    }
    reopen();
    assertEquals(Map.of("k", counting(4)), rows("k"));
    change(tx -> tx.delete(List.of(MessageRange.one("k", 4)), at(10)));
    reopen();
    assertEquals(Map.of("k", counting(4)), rows("k"));
  }

  private static KeyRow counting(int messages) {
    KeyRow first = waiting("k", at(35), new WindowRow(messages, at(1), at(1), false));
    return new KeyRow(
        "k",
        first.state(),
        at(1),
        at(messages),
        first.dueAt(),
        null,
        first.policy(),
        first.window(),
        null,
        0);
  }

  /** If this fails, look at {@code save} of several rows: each is its own. */
  @Test
  public void S9_save_touchesNoOtherRow() {
    save(waiting("a", 1), waiting("b", 2));
    save(running("b"), backingOff("c", 3, true));
    assertEquals(
        Map.of("a", waiting("a", 1), "b", running("b"), "c", backingOff("c", 3, true)),
        rows("a", "b", "c"));
  }

  /**
   * If this fails, look at {@code remove}: the row is gone for every method, an absent one is no
   * error, and others stay.
   *
   * @throws Exception if the store cannot be opened again
   */
  @Test
  public void S9_remove_takesTheRowsNamed_andAbsentOnesAreNoError() throws Exception {
    save(waiting("a", 1), running("b"), backingOff("c", 2, true), waiting("d", 3));
    change(tx -> tx.remove(List.of("a", "never", "b", "c")));
    change(tx -> tx.remove(List.of("a")));
    assertEquals(Map.of("d", waiting("d", 3)), rows("a", "b", "c", "d", "never"));
    assertEquals(List.of("d"), due(at(9), 9, true));
    change(tx -> assertEquals(Optional.of(at(3)), tx.nextDue(true)));
    reopen();
    assertEquals(Map.of("d", waiting("d", 3)), rows("a", "b", "c", "d", "never"));
    change(tx -> assertEquals(List.of(), tx.lockForRecovery(at(9), 9)));
  }

  /** If this fails, look at what a key leaves when it goes idle: rows, due times, counts. */
  @Test
  public void S9_keyThatWentIdle_leavesNothing() {
    append(withId("a", "1"), withId("a", "2"));
    save(waiting("a", 5));
    save(running("a"));
    change(
        tx -> {
          tx.delete(List.of(all("a")), at(10));
          tx.remove(List.of("a"));
          tx.forgetIds(at(10), 10);
        });
    assertEquals(
        new StoreStats(0, 0, 0, 0, 0, 0, null, 0),
        Snapshot.withoutLog(store.transact(StoreTransaction::stats)));
    change(tx -> assertEquals(Optional.empty(), tx.nextDue(true)));
    assertEquals(Map.of(), known(at(0), id("a", "1"), id("a", "2")));
  }

  /**
   * If this fails, look at the column of the key: 512 bytes of well-formed Unicode, compared byte
   * by byte, never normalised, trimmed, folded or put into a statement or a file name as they are.
   *
   * @throws Exception if the store cannot be opened again
   */
  @Test
  public void S9_oddKeys_areDistinctAndKeptAsTheyAre() throws Exception {
    List<String> odd = Samples.oddKeys();
    Map<String, KeyRow> expected = new HashMap<>();
    for (int i = 0; i < odd.size(); i++) {
      KeyRow row = waiting(odd.get(i), i);
      expected.put(row.key(), row);
    }
    change(tx -> tx.save(expected.values()));
    reopen();
    assertEquals(expected, rows(odd.toArray(String[]::new)));
    assertEquals(odd, due(at(1_000), 1_000, true));
    change(tx -> tx.remove(List.of(odd.get(0))));
    assertEquals(odd.size() - 1, rows(odd.toArray(String[]::new)).size());
  }
}
