// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.testkit.contract;

import static io.github.debouncedbuffer.testkit.contract.Samples.all;
import static io.github.debouncedbuffer.testkit.contract.Samples.message;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.debouncedbuffer.spi.BufferStore;
import io.github.debouncedbuffer.spi.StoreException;
import io.github.debouncedbuffer.spi.StoreException.Reason;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** The store as a whole: its name, and its end. */
abstract class ClosingRules extends BulkRules {

  /**
   * If this fails, look at where the id comes from: made once with the data, and kept with them.
   *
   * @throws Exception if a store cannot be opened
   */
  @Test
  public void storeId_staysWithTheData_andIsNoOtherStores() throws Exception {
    String id = store.storeId();
    assertTrue(id.matches("[A-Za-z0-9_-]{1,64}"), "storeId " + id);
    reopen();
    assertEquals(id, store.storeId());
    Path apart = Files.createDirectory(directory.resolve("another"));
    try (BufferStore other = open(apart)) {
      assertNotEquals(id, other.storeId());
      append(message("a", "1"));
      assertEquals(List.of(), other.transact(tx -> read(tx, all("a"))));
    }
  }

  /** If this fails, look at {@code transact} of a closed store: CLOSED, and the work is not run. */
  @Test
  public void close_laterTransactions_areRefusedAsClosed() {
    store.close();
    var run = new AtomicBoolean();
    var refused =
        assertThrows(
            StoreException.class,
            () ->
                store.transact(
                    tx -> {
                      run.set(true);
                      return 1;
                    }));
    assertEquals(Reason.CLOSED, refused.reason());
    assertFalse(run.get(), "the work was run though the store is closed");
  }

  /**
   * If this fails, look at a second {@code close}: it does nothing, to the data of a store that was
   * opened since neither.
   *
   * @throws Exception if the store cannot be opened again
   */
  @Test
  public void close_twice_doesNothing() throws Exception {
    append(message("a", "1"));
    BufferStore first = store;
    first.close();
    first.close();
    reopen();
    first.close();
    assertEquals(List.of("1"), texts(all("a")));
    append(message("a", "2"));
    assertEquals(List.of("1", "2"), texts(all("a")));
  }

  /**
   * If this fails, look at {@code close} after a rollback: what was rolled back is not written
   * then.
   *
   * @throws Exception if the store cannot be opened again
   */
  @Test
  public void close_afterARollback_keepsWhatWasCommitted() throws Exception {
    append(message("a", "kept"));
    changeAndThrow(tx -> tx.append(List.of(message("a", "lost"))));
    reopen();
    assertEquals(List.of("kept"), texts(all("a")));
  }
}
