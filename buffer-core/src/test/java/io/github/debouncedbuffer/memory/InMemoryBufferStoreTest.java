// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.debouncedbuffer.spi.BuriedLetter;
import io.github.debouncedbuffer.spi.MessageId;
import io.github.debouncedbuffer.spi.MessageRange;
import io.github.debouncedbuffer.spi.NewMessage;
import io.github.debouncedbuffer.spi.StoreStats;
import io.github.debouncedbuffer.spi.StoreTransaction;
import io.github.debouncedbuffer.spi.StoredMessage;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Dead letters, counts, and the store as a whole. */
class InMemoryBufferStoreTest extends InMemoryGiven {

  @Test
  void S12_bury_takesTheMessagesOutOfReadCountAndDelete() {
    append(withId("a", "1"), withId("a", "2"), withId("a", "3"));
    change(tx -> tx.bury(letter(7, "a"), MessageRange.through("a", 2)));
    assertThat(texts(all("a"))).containsExactly("3");
    change(tx -> assertThat(tx.pendingMessages()).isEqualTo(1));
    change(tx -> tx.delete(List.of(all("a")), at(10)));
    change(
        tx -> {
          BuriedLetter only = tx.deadLetters(0, 9).get(0);
          assertThat(only.row()).isEqualTo(letter(7, "a"));
          assertThat(only.messages())
              .extracting(StoredMessage::messageId)
              .containsExactly("1", "2");
          assertThat(tx.forgetIds(at(999), 9)).isEqualTo(1); // 3; the dead ones stay remembered
        });
  }

  @Test
  void S12_deadLetters_areListedById_afterOne_noMoreThanTheLimit() {
    append(message("a", "1"), message("b", "2"), message("c", "3"));
    change(tx -> tx.bury(letter(9, "c"), all("c")));
    change(tx -> tx.bury(letter(4, "a"), all("a")));
    change(tx -> tx.bury(letter(6, "b"), all("b")));
    change(
        tx -> {
          assertThat(tx.deadLetters(0, 2))
              .extracting(each -> each.row().id())
              .containsExactly(4L, 6L);
          assertThat(tx.deadLetters(6, 9)).extracting(each -> each.row().id()).containsExactly(9L);
        });
  }

  @Test
  void S12_removeDeadLetter_startsTheRetention_butNotOfAnIdAppendedAnew() {
    append(withId("a", "1"), withId("a", "2"));
    change(tx -> tx.bury(letter(7, "a"), all("a")));
    append(withId("a", "2")); // a redrive appends first, then removes
    change(tx -> tx.removeDeadLetter(7, at(10)));
    change(tx -> tx.removeDeadLetter(7, at(20))); // absent: no error, nothing changes
    change(tx -> assertThat(tx.deadLetters(0, 9)).isEmpty());
    assertThat(known("a", "1", "2")).hasSize(2);
    change(tx -> assertThat(tx.forgetIds(at(10), 9)).isEqualTo(1));
    assertThat(known("a", "1", "2")).isEqualTo(Map.of(new MessageId("a", "2"), 3L));
  }

  @Test
  void S12_letterIdThatExists_isRefused() {
    append(message("a", "1"), message("b", "2"));
    change(tx -> tx.bury(letter(7, "a"), all("a")));
    assertThatThrownBy(() -> change(tx -> tx.bury(letter(7, "b"), all("b"))))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(texts(all("b"))).containsExactly("2");
  }

  @Test
  void counts_areExact() {
    append(withId("a", "1"), withId("a", "2"), message("b", "3"), message("c", "4"));
    change(
        tx -> {
          tx.append(List.of(new NewMessage("d", null, at(-5), bytes(""))));
          tx.save(List.of(waiting("a", 5), running("b"), waiting("x", 5)));
          tx.save(List.of(backingOff("d", 6, 0, false)));
          tx.bury(letter(1, "c"), all("c"));
          tx.delete(List.of(MessageRange.one("a", 1)), at(10));
          assertThat(tx.pendingMessages()).isEqualTo(3);
        });
    assertThat(stats()).isEqualTo(new StoreStats(3, 2, 1, 1, 1, 2, at(-5), 0));
  }

  @Test
  void reopen_goesOnWithTheSameData_andClosesTheOldObject() {
    append(withId("a", "1"));
    change(tx -> tx.save(List.of(running("a"))));
    String before = dump();
    var reopened = store.reopen();
    assertThat(reopened.storeId()).isEqualTo("test");
    assertClosed(store);
    assertThat(dump(reopened)).isEqualTo(before);
  }

  @Test
  void reopen_worksAfterClose_andOnlyTheYoungestIsOpen() {
    append(message("a", "1"));
    store.close();
    var second = store.reopen();
    var third = store.reopen();
    assertClosed(second);
    store.close(); // long closed: closes nothing else
    second.close();
    assertThat(third.<Long>transact(StoreTransaction::pendingMessages)).isEqualTo(1);
  }

  @Test
  void close_twice_isFine_andLaterTransactionsAreClosed() {
    store.close();
    store.close();
    assertClosed(store);
  }

  @Test
  void storeId_isRandom_orAsGiven() {
    assertThat(store.storeId()).isEqualTo("test");
    String random = new InMemoryBufferStore().storeId();
    assertThat(random).matches("[A-Za-z0-9_-]{1,64}");
    assertThat(new InMemoryBufferStore().storeId()).isNotEqualTo(random);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a b", "ä", "a/b", "x\n"})
  void storeId_thatDoesNotFit_isRefused(String id) {
    assertThatThrownBy(() -> new InMemoryBufferStore(id))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'" + id + "'");
    assertThatThrownBy(() -> new InMemoryBufferStore("x".repeat(65)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
