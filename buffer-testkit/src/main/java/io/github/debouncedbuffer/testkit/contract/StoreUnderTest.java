// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.debouncedbuffer.spi.BufferStore;
import io.github.debouncedbuffer.spi.BuriedLetter;
import io.github.debouncedbuffer.spi.KeyRow;
import io.github.debouncedbuffer.spi.MessageId;
import io.github.debouncedbuffer.spi.MessageRange;
import io.github.debouncedbuffer.spi.NewMessage;
import io.github.debouncedbuffer.spi.StoreTransaction;
import io.github.debouncedbuffer.spi.StoredMessage;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A store of its own for each test, and words for what is in it. */
abstract class StoreUnderTest {

  @TempDir Path directory;

  BufferStore store;

  // JUnit opens the store before it calls anything else.
  @SuppressWarnings("NullAway.Init")
  StoreUnderTest() {}

  /**
   * See {@link BufferStoreContract#open}, the one that is overridden.
   *
   * @param directory stands for the data
   * @return an open store
   * @throws Exception if it cannot be opened
   */
  protected abstract BufferStore open(Path directory) throws Exception;

  @BeforeEach
  void openStore() throws Exception {
    store = open(directory);
  }

  @AfterEach
  void closeStore() {
    store.close();
  }

  /** Closes the store and opens the same data again. */
  void reopen() throws Exception {
    store.close();
    store = open(directory);
  }

  void change(Consumer<StoreTransaction> work) {
    store.transact(
        tx -> {
          work.accept(tx);
          return true;
        });
  }

  /** Does the work and throws, so that nothing of it may stay. */
  void changeAndThrow(Consumer<StoreTransaction> work) {
    var stop = new IllegalStateException("the work throws on purpose");
    assertSame(
        stop,
        assertThrows(
            IllegalStateException.class,
            () ->
                change(
                    tx -> {
                      work.accept(tx);
                      throw stop;
                    })));
  }

  long append(NewMessage... messages) {
    return store.transact(tx -> tx.append(List.of(messages)));
  }

  void save(KeyRow... rows) {
    change(tx -> tx.save(List.of(rows)));
  }

  void delete(Instant forgetIdsAt, MessageRange... ranges) {
    change(tx -> tx.delete(List.of(ranges), forgetIdsAt));
  }

  List<Seen> read(MessageRange range) {
    return store.transact(tx -> read(tx, range));
  }

  static List<Seen> read(StoreTransaction tx, MessageRange range) {
    return Seen.all(stored(tx, range));
  }

  /** A key without messages has an empty list or no entry. */
  static List<StoredMessage> stored(StoreTransaction tx, MessageRange range) {
    return tx.read(List.of(range)).getOrDefault(range.key(), List.of());
  }

  List<String> texts(MessageRange range) {
    return read(range).stream().map(Seen::payload).toList();
  }

  List<Long> sequences(MessageRange range) {
    return read(range).stream().map(Seen::sequence).toList();
  }

  Map<String, KeyRow> rows(String... keys) {
    return store.transact(tx -> tx.lock(List.of(keys)));
  }

  List<String> due(Instant now, int limit, boolean recoveredToo) {
    return store.transact(tx -> keys(tx.lockDue(now, limit, recoveredToo)));
  }

  static List<String> keys(List<KeyRow> rows) {
    return rows.stream().map(KeyRow::key).toList();
  }

  Map<MessageId, Long> known(Instant now, MessageId... ids) {
    return store.transact(tx -> tx.known(List.of(ids), now));
  }

  int forget(Instant now, int limit) {
    return store.transact(tx -> tx.forgetIds(now, limit));
  }

  List<BuriedLetter> letters() {
    return store.transact(tx -> tx.deadLetters(0, 1_000));
  }

  long pending() {
    return store.transact(StoreTransaction::pendingMessages);
  }
}
