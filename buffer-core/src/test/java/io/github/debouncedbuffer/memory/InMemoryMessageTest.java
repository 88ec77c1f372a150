// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.github.debouncedbuffer.spi.MessageId;
import io.github.debouncedbuffer.spi.MessageRange;
import io.github.debouncedbuffer.spi.StoredMessage;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** S5 to S8 and S11: messages, their ids, and tokens. */
class InMemoryMessageTest extends InMemoryGiven {

  @Test
  void S5_known_findsStoredAndDeadAndRetained_perKey() {
    append(withId("a", "stored"), withId("a", "dead"), withId("a", "ended"), withId("b", "other"));
    change(
        tx -> {
          tx.bury(letter(1, "a"), MessageRange.one("a", 2));
          tx.delete(List.of(MessageRange.one("a", 3)), at(10));
        });
    assertThat(known("a", "stored", "dead", "ended", "other", "never"))
        .isEqualTo(
            Map.of(
                new MessageId("a", "stored"), 1L,
                new MessageId("a", "dead"), 2L,
                new MessageId("a", "ended"), 3L));
  }

  @Test
  void S5_retention_endsOnlyByForgetIds_inSteps_earliestFirst() {
    append(withId("a", "1"), withId("a", "2"), withId("a", "3"));
    change(tx -> tx.delete(List.of(MessageRange.one("a", 1)), at(30)));
    change(tx -> tx.delete(List.of(MessageRange.one("a", 2)), at(10)));
    change(tx -> assertThat(tx.forgetIds(at(9), 10)).isZero());
    assertThat(known("a", "1", "2", "3")).hasSize(3);
    change(tx -> assertThat(tx.forgetIds(at(30), 1)).isEqualTo(1));
    assertThat(known("a", "1", "2", "3"))
        .containsOnlyKeys(new MessageId("a", "1"), new MessageId("a", "3"));
    change(tx -> assertThat(tx.forgetIds(at(30), 10)).isEqualTo(1));
    change(tx -> assertThat(tx.forgetIds(at(99_999), 10)).isZero()); // 3 is stored
    assertThat(known("a", "3")).hasSize(1);
  }

  @Test
  void S6_append_countsOnAcrossKeys_inTheOrderOfTheList() {
    change(
        tx -> {
          long first =
              tx.append(List.of(message("a", "a1"), message("b", "b1"), withId("a", "a2")));
          assertThat(first).isEqualTo(1);
          assertThat(tx.append(List.of(message("a", "a3")))).isEqualTo(4);
          assertThat(tx.read(List.of(all("a"))).get("a"))
              .extracting(StoredMessage::sequence, StoredMessage::messageId, StoredMessage::intact)
              .containsExactly(tuple(1L, null, true), tuple(3L, "a2", true), tuple(4L, null, true));
        });
  }

  @Test
  void S6_sequences_areNeverUsedAgain_thoughAllIsDeletedAndTheStoreReopened() {
    append(message("a", "a1"), message("a", "a2"));
    change(tx -> tx.delete(List.of(all("a")), at(0)));
    var reopened = store.reopen();
    long next = reopened.transact(tx -> tx.append(List.of(message("a", "a3"))));
    assertThat(next).isEqualTo(3);
  }

  @Test
  void S6_idAppendedAnew_belongsToTheNewMessage() {
    append(withId("a", "1"));
    change(tx -> tx.delete(List.of(all("a")), at(10)));
    append(withId("a", "1"));
    assertThat(known("a", "1")).containsValue(2L);
    change(tx -> assertThat(tx.forgetIds(at(99), 10)).isZero()); // its retention is off
    change(tx -> tx.delete(List.of(all("a")), at(20)));
    change(tx -> assertThat(tx.forgetIds(at(19), 10)).isZero());
    change(tx -> assertThat(tx.forgetIds(at(20), 10)).isEqualTo(1));
  }

  @Test
  void S7_read_keepsToBoundsAndLimit_inOrder() {
    append(message("a", "1"), message("b", "2"), message("a", "3"), message("a", "4"));
    assertThat(texts(all("a"))).containsExactly("1", "3", "4");
    assertThat(texts(MessageRange.through("a", 3))).containsExactly("1", "3");
    assertThat(texts(MessageRange.through("a", 2))).containsExactly("1");
    assertThat(texts(MessageRange.after("a", 1))).containsExactly("3", "4");
    assertThat(texts(MessageRange.one("a", 3))).containsExactly("3");
    assertThat(texts(MessageRange.one("a", 2))).isEmpty();
    assertThat(texts(all("a").limited(2))).containsExactly("1", "3");
    assertThat(texts(new MessageRange("a", 4, 1, 9))).isEmpty();
    assertThat(texts(all("absent"))).isEmpty();
  }

  @Test
  void S7_whatWasRead_doesNotChangeAfterwards() {
    append(message("a", "1"), message("a", "2"));
    change(
        tx -> {
          List<StoredMessage> read = tx.read(List.of(all("a"))).get("a");
          tx.delete(List.of(all("a")), at(0));
          assertThat(read).hasSize(2);
        });
  }

  @Test
  void S8_delete_removesExactlyTheRange_limitsDoNotCount_twiceChangesNothing() {
    append(message("a", "1"), message("a", "2"), message("a", "3"), message("a", "4"));
    append(message("b", "5"));
    var range = MessageRange.through("a", 2).limited(1);
    change(tx -> tx.delete(List.of(range), at(0)));
    assertThat(texts(all("a"))).containsExactly("3", "4");
    change(tx -> tx.delete(List.of(range, all("absent")), at(0)));
    assertThat(texts(all("a"))).containsExactly("3", "4");
    change(tx -> tx.delete(List.of(MessageRange.one("a", 4)), at(0)));
    assertThat(texts(all("a"))).containsExactly("3");
    assertThat(texts(all("b"))).containsExactly("5");
  }

  @Test
  void S11_tokens_areConsecutive_andNeverGivenTwice() {
    change(
        tx -> {
          assertThat(tx.nextTokens(3)).isEqualTo(1);
          assertThat(tx.nextTokens(1)).isEqualTo(4);
        });
    var reopened = store.reopen();
    long next = reopened.transact(tx -> tx.nextTokens(1));
    assertThat(next).isEqualTo(5);
  }
}
