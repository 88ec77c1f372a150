// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.debouncedbuffer.spi.StoreStats;
import io.github.debouncedbuffer.spi.StoreTransaction;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the store contract, which runs over this store in the test kit, cannot ask of any store. */
class InMemoryBufferStoreTest extends InMemoryGiven {

  @Test
  void S12_letterIdThatExists_isRefused() {
    append(message("a", "1"), message("b", "2"));
    change(tx -> tx.bury(letter(7, "a"), all("a")));
    assertThatThrownBy(() -> change(tx -> tx.bury(letter(7, "b"), all("b"))))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(texts(all("b"))).containsExactly("2");
  }

  @Test
  void S1_transaction_isOfNoUseAfterwards() {
    StoreTransaction[] kept = new StoreTransaction[1];
    change(tx -> kept[0] = tx);
    assertThatThrownBy(() -> kept[0].pendingMessages()).isInstanceOf(IllegalStateException.class);
    change(
        tx ->
            assertThatThrownBy(() -> kept[0].append(List.of(message("a", "x"))))
                .isInstanceOf(IllegalStateException.class));
    assertThat(texts(all("a"))).isEmpty();
  }

  @Test
  void S1_nestedTransaction_isRefused_andTheOuterOneGoesOn() {
    change(
        tx -> {
          tx.append(List.of(message("a", "a1")));
          assertThatThrownBy(() -> store.transact(inner -> 1))
              .isInstanceOf(IllegalStateException.class);
          assertThatThrownBy(store::reopen).isInstanceOf(IllegalStateException.class);
        });
    assertThat(texts(all("a"))).containsExactly("a1");
  }

  @Test
  void S9_keyThatWentIdle_leavesNothing() {
    append(withId("a", "1"), message("a", "2"));
    change(tx -> tx.save(List.of(waiting("a", 5))));
    change(tx -> tx.save(List.of(running("a"))));
    change(
        tx -> {
          tx.delete(List.of(all("a")), at(10));
          tx.remove(List.of("a", "absent"));
          tx.forgetIds(at(10), 10);
        });
    assertThat(stats()).isEqualTo(new StoreStats(0, 0, 0, 0, 0, 0, null, 0));
    assertThat(sizesInside(store))
        .isNotEmpty()
        .allSatisfy((name, size) -> assertThat(size).as(name).isZero());
  }

  @Test
  void S9_keyThatARollbackMadeIdle_leavesNothing() {
    changeAndFail(
        tx -> {
          tx.append(List.of(withId("a", "1")));
          tx.save(List.of(backingOff("a", 5, 0, true)));
        });
    assertThat(sizesInside(store))
        .isNotEmpty()
        .allSatisfy((name, size) -> assertThat(size).as(name).isZero());
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
