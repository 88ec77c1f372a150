// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.sqlite;

import io.github.debouncedbuffer.spi.BuriedLetter;
import io.github.debouncedbuffer.spi.KeyRow;
import io.github.debouncedbuffer.spi.MessageId;
import io.github.debouncedbuffer.spi.StoreTransaction;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A store in a directory of its own. Any SQL can be made to fail, see {@link Faults}. */
abstract class StoreTest {

  static final SqliteOptions OPTIONS =
      SqliteOptions.defaults().withBusyTimeout(Duration.ofMillis(20)).withStoreId("test");

  @TempDir Path directory;

  final Faults faults = new Faults();
  Path file;
  SqliteBufferStore store;

  @BeforeEach
  void openStore() {
    file = directory.resolve("buffer.db");
    store = SqliteBufferStore.open(file, OPTIONS, faults);
  }

  @AfterEach
  void closeStore() {
    faults.clear();
    store.close();
  }

  void reopen() {
    store.close();
    store = SqliteBufferStore.open(file, OPTIONS, faults);
  }

  // Typed, so that AssertJ knows what it is asked about.

  Map<String, KeyRow> rows(String... keys) {
    return store.transact(t -> t.lock(List.of(keys)));
  }

  Optional<Instant> nextDue(boolean recoveredToo) {
    return store.transact(t -> t.nextDue(recoveredToo));
  }

  Map<MessageId, Long> known(MessageId... ids) {
    return store.transact(t -> t.known(List.of(ids), Instant.EPOCH));
  }

  List<BuriedLetter> letters() {
    return store.transact(t -> t.deadLetters(0, 100));
  }

  long pending() {
    return store.transact(StoreTransaction::pendingMessages);
  }

  int forget(long second) {
    return store.transact(t -> t.forgetIds(Samples.t(second), 10));
  }
}
