// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.sqlite;

import static io.github.debouncedbuffer.sqlite.Samples.append;
import static io.github.debouncedbuffer.sqlite.Samples.change;
import static io.github.debouncedbuffer.sqlite.Samples.letter;
import static io.github.debouncedbuffer.sqlite.Samples.message;
import static io.github.debouncedbuffer.sqlite.Samples.read;
import static io.github.debouncedbuffer.sqlite.Samples.t;
import static io.github.debouncedbuffer.sqlite.Samples.texts;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.debouncedbuffer.spi.BuriedLetter;
import io.github.debouncedbuffer.spi.MessageId;
import io.github.debouncedbuffer.spi.MessageRange;
import io.github.debouncedbuffer.spi.StoredMessage;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** S12. If this fails, look at {@link DeadLetterTable}. */
class DeadLetterTest extends StoreTest {

  private static final MessageId FIRST = new MessageId("k", "a");

  @BeforeEach
  void threeMessages() {
    append(store, "k", "a", "1");
    append(store, "k", null, "2");
    append(store, "k", "c", "3");
  }

  @Test
  void S12_bury_movesTheMessages() {
    change(store, t -> t.bury(letter(7, "k"), MessageRange.through("k", 2)));
    assertThat(texts(store, "k")).containsExactly("3");
    assertThat(pending()).isEqualTo(1);
    reopen();
    BuriedLetter buried = letters().get(0);
    assertThat(buried.row()).isEqualTo(letter(7, "k"));
    assertThat(buried.messages()).extracting(StoredMessage::sequence).containsExactly(1L, 2L);
    assertThat(buried.messages()).extracting(StoredMessage::messageId).containsExactly("a", null);
    assertThat(buried.messages()).allMatch(StoredMessage::intact);
    assertThat(buried.messages().get(1).payload()).isEqualTo(new byte[] {'2'});
  }

  @Test
  void S12_buriedMessages_areNotDeletedByDelete() {
    change(store, t -> t.bury(letter(7, "k"), MessageRange.through("k", 2)));
    change(store, t -> t.delete(List.of(MessageRange.after("k", 0)), t(1)));
    assertThat(letters().get(0).messages()).hasSize(2);
    assertThat(pending()).isZero();
  }

  @Test
  void S5_S12_buriedIds_stayRemembered_untilTheLetterIsRemoved() {
    change(store, t -> t.bury(letter(7, "k"), MessageRange.through("k", 2)));
    assertThat(forget(1_000)).isZero();
    assertThat(known(FIRST)).containsEntry(FIRST, 1L);
    change(store, t -> t.removeDeadLetter(7, t(100)));
    assertThat(known(FIRST)).containsEntry(FIRST, 1L);
    assertThat(forget(99)).isZero();
    assertThat(forget(100)).isEqualTo(1);
    assertThat(known(FIRST)).isEmpty();
  }

  @Test
  void S12_remove_takesTheMessagesToo_andAnAbsentOneIsNoError() throws Exception {
    change(store, t -> t.bury(letter(7, "k"), MessageRange.through("k", 1)));
    change(store, t -> t.bury(letter(8, "k"), MessageRange.through("k", 2)));
    change(store, t -> t.removeDeadLetter(7, t(1)));
    change(store, t -> t.removeDeadLetter(7, t(1)));
    assertThat(ids(0, 10)).containsExactly(8L);
    assertThat(Raw.read(file, "SELECT sequence FROM dead_messages")).isEqualTo("2\n");
  }

  @Test
  void S12_redrivenMessage_keepsItsIdWhenTheLetterGoes() {
    change(store, t -> t.bury(letter(7, "k"), MessageRange.through("k", 2)));
    change(
        store,
        t -> {
          assertThat(t.append(List.of(message("k", "a", "1"), message("k", null, "2"))))
              .isEqualTo(4);
          t.removeDeadLetter(7, t(100));
        });
    assertThat(forget(1_000)).isZero();
    assertThat(known(FIRST)).containsEntry(FIRST, 4L);
    assertThat(read(store, MessageRange.after("k", 0)))
        .extracting(StoredMessage::sequence)
        .containsExactly(3L, 4L, 5L);
  }

  @Test
  void S12_letters_areListedByPage_inTheOrderOfTheirIds() {
    change(store, t -> t.bury(letter(9, "k"), MessageRange.through("k", 1)));
    change(store, t -> t.bury(letter(4, "other"), MessageRange.through("other", 1)));
    change(store, t -> t.bury(letter(6, "k"), MessageRange.through("k", 2)));
    assertThat(ids(0, 2)).containsExactly(4L, 6L);
    assertThat(ids(6, 2)).containsExactly(9L);
  }

  @Test
  void faults28_changedPayload_isNotIntactInTheLetterEither() throws Exception {
    change(store, t -> t.bury(letter(7, "k"), MessageRange.through("k", 2)));
    store.close();
    Raw.execute(file, "UPDATE dead_messages SET payload = x'00' WHERE sequence = 2");
    openStore();
    assertThat(letters().get(0).messages())
        .extracting(StoredMessage::intact)
        .containsExactly(true, false);
  }

  private List<Long> ids(long afterId, int limit) {
    return store.transact(t -> t.deadLetters(afterId, limit)).stream()
        .map(letter -> letter.row().id())
        .toList();
  }
}
