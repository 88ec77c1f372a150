// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.testkit.contract;

import static io.github.debouncedbuffer.testkit.contract.Samples.all;
import static io.github.debouncedbuffer.testkit.contract.Samples.at;
import static io.github.debouncedbuffer.testkit.contract.Samples.message;
import static io.github.debouncedbuffer.testkit.contract.Samples.withId;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.debouncedbuffer.spi.MessageRange;
import io.github.debouncedbuffer.spi.NewMessage;
import io.github.debouncedbuffer.spi.StoredMessage;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** S6, S7 and S8: messages are appended, read and deleted. */
abstract class MessageRules extends MessageIdRules {

  /** If this fails, look at how {@code append} numbers its list: one after the other, all keys. */
  @Test
  public void S6_append_isConsecutive_inTheOrderOfTheList() {
    long first = append(message("a", "1"), message("b", "2"), withId("a", "3"), message("a", "4"));
    assertTrue(first >= 1, "the first sequence is at least 1, not " + first);
    assertEquals(List.of(first, first + 2, first + 3), sequences(all("a")));
    assertEquals(List.of(first + 1), sequences(all("b")));
  }

  /**
   * If this fails, look at the counter of {@code append}: it goes on, in a transaction and after.
   */
  @Test
  public void S6_append_goesOnGrowing() {
    change(
        tx -> {
          long one = tx.append(List.of(message("a", "1"), message("b", "2")));
          long two = tx.append(List.of(message("a", "3")));
          assertTrue(two > one + 1, two + " after " + (one + 1));
        });
    long three = append(message("a", "4"));
    assertEquals(List.of("1", "3", "4"), texts(all("a")));
    assertEquals(three, sequences(all("a")).get(2));
  }

  /**
   * If this fails, look at where the counter is kept: the greatest stored sequence is not it, for
   * that one may be deleted.
   *
   * @throws Exception if the store cannot be opened again
   */
  @Test
  public void S6_sequences_neverComeAgain_thoughAllIsDeletedAndTheStoreReopened() throws Exception {
    long last = append(message("a", "1"), message("b", "2")) + 1;
    delete(at(0), all("a"), all("b"));
    long next = append(message("a", "3"));
    assertTrue(next > last, next + " after " + last);
    delete(at(0), all("a"));
    forget(at(1_000), 10);
    reopen();
    long afterwards = append(message("a", "4"));
    assertTrue(afterwards > next, afterwards + " after " + next);
  }

  /**
   * If this fails, look at how a message is stored: id, arrival to the nanosecond and payload as
   * they were, and no id is not an empty id.
   *
   * @throws Exception if the store cannot be opened again
   */
  @Test
  public void S6_message_readsBackAsItWasAppended() throws Exception {
    Instant before1970 = Instant.ofEpochSecond(-1, 1);
    long first =
        append(
            message("a", null, "no id", 1),
            message("a", "", "empty id", 2),
            message("a", "'; --\n\uD83D\uDE00", "odd id", 3),
            new NewMessage("a", "old", before1970, new byte[0]));
    List<Seen> expected =
        List.of(
            new Seen(first, null, at(1), "no id", true),
            new Seen(first + 1, "", at(2), "empty id", true),
            new Seen(first + 2, "'; --\n\uD83D\uDE00", at(3), "odd id", true),
            new Seen(first + 3, "old", before1970, "", true));
    assertEquals(expected, read(all("a")));
    reopen();
    assertEquals(expected, read(all("a")));
  }

  /**
   * If this fails, look at the payload's column or encoding: it is bytes, not text, up to 1 MiB at
   * least.
   *
   * @throws Exception if the store cannot be opened again
   */
  @Test
  public void S6_payload_isKeptByteForByte_fromNothingToOneMebibyte() throws Exception {
    byte[] everyByte = new byte[256];
    byte[] large = new byte[1 << 20];
    for (int i = 0; i < large.length; i++) {
      large[i] = (byte) (i * 31 + i / 257);
      everyByte[i % 256] = (byte) i;
    }
    byte[][] payloads = {new byte[0], {0}, everyByte, large};
    for (byte[] payload : payloads) {
      append(new NewMessage("a", null, at(0), payload));
    }
    reopen();
    List<StoredMessage> read = store.transact(tx -> stored(tx, all("a")));
    assertEquals(payloads.length, read.size());
    for (int i = 0; i < payloads.length; i++) {
      assertArrayEquals(payloads[i], read.get(i).payload(), "payload " + i);
      assertTrue(read.get(i).intact(), "payload " + i + " is as it was stored");
    }
  }

  /** If this fails, look at the order of {@code read}: by sequence, not as it happens to lie. */
  @Test
  public void S7_read_isInTheOrderOfSequences() {
    append(message("b", "1"), message("a", "2"), message("b", "3"), message("a", "4"));
    append(message("a", "5"), message("b", "6"));
    assertEquals(List.of("2", "4", "5"), texts(all("a")));
    assertEquals(List.of("1", "3", "6"), texts(all("b")));
  }

  /**
   * If this fails, look at the bounds of {@code read}: the lower exclusive, the upper inclusive.
   */
  @Test
  public void S7_read_keepsToItsBounds() {
    long one =
        append(message("a", "1"), message("b", "other"), message("a", "3"), message("a", "4"));
    assertEquals(List.of("1", "3"), texts(MessageRange.through("a", one + 2)));
    assertEquals(List.of("1"), texts(MessageRange.through("a", one + 1)));
    assertEquals(List.of("3", "4"), texts(MessageRange.after("a", one)));
    assertEquals(List.of("4"), texts(MessageRange.after("a", one + 2)));
    assertEquals(List.of("3"), texts(MessageRange.one("a", one + 2)));
    assertEquals(List.of(), texts(MessageRange.one("a", one + 1)));
    assertEquals(List.of(), texts(MessageRange.after("a", one + 3)));
    assertEquals(List.of(), texts(new MessageRange("a", one + 3, one, 9)));
    assertEquals(List.of(), texts(all("absent")));
  }

  /** If this fails, look at the limit of {@code read}: it is each range's own. */
  @Test
  public void S7_read_limitsEachRangeByItself() {
    append(message("a", "1"), message("a", "2"), message("b", "3"), message("b", "4"));
    append(message("a", "5"), message("c", "6"));
    change(
        tx -> {
          var read = tx.read(List.of(all("a").limited(2), all("b").limited(1), all("c")));
          assertEquals(List.of("1", "2"), payloads(read, "a"));
          assertEquals(List.of("3"), payloads(read, "b"));
          assertEquals(List.of("6"), payloads(read, "c"));
        });
  }

  private static List<String> payloads(Map<String, List<StoredMessage>> read, String key) {
    return Seen.all(read.getOrDefault(key, List.of())).stream().map(Seen::payload).toList();
  }

  /** If this fails, look at the list that {@code read} returned: it is not a view of the store. */
  @Test
  public void S7_whatWasRead_staysAsItWasRead() {
    append(message("a", "1"), message("a", "2"));
    change(
        tx -> {
          List<StoredMessage> read = stored(tx, all("a"));
          tx.delete(List.of(all("a")), at(0));
          tx.append(List.of(message("a", "3")));
          assertEquals(2, read.size());
        });
  }

  /**
   * If this fails, look at the bounds of {@code delete}: the key's messages in the range, no more.
   */
  @Test
  public void S8_delete_removesExactlyTheRange() {
    long one = append(message("a", "1"), message("b", "2"), message("a", "3"), message("a", "4"));
    append(message("a", "5"));
    delete(at(0), MessageRange.through("a", one + 2));
    assertEquals(List.of("4", "5"), texts(all("a")));
    assertEquals(List.of("2"), texts(all("b")));
    delete(at(0), MessageRange.one("a", one + 3));
    assertEquals(List.of("5"), texts(all("a")));
    delete(at(0), MessageRange.after("b", one + 1), MessageRange.after("a", one + 3));
    assertEquals(List.of(), texts(all("a")));
    assertEquals(List.of("2"), texts(all("b")));
  }

  /** If this fails, look at {@code delete}: a range's limit is for reading only. */
  @Test
  public void S8_delete_takesNoNoticeOfTheLimit() {
    append(message("a", "1"), message("a", "2"), message("a", "3"));
    delete(at(0), all("a").limited(1));
    assertEquals(List.of(), texts(all("a")));
    assertEquals(0, pending());
  }

  /**
   * If this fails, look at a {@code delete} that finds nothing: no error, and no count goes down.
   *
   * @throws Exception if the store cannot be opened again
   */
  @Test
  public void S8_deletingWhatIsGone_changesNothing() throws Exception {
    long one = append(message("a", "1"), message("a", "2"));
    delete(at(0), MessageRange.one("a", one));
    delete(at(0), MessageRange.one("a", one), MessageRange.through("absent", 99));
    assertEquals(List.of("2"), texts(all("a")));
    assertEquals(1, pending());
    reopen();
    assertEquals(List.of("2"), texts(all("a")));
    assertEquals(1, pending());
  }
}
