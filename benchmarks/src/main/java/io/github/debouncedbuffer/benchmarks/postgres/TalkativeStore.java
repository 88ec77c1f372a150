// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.benchmarks.postgres;

import io.github.debouncedbuffer.spi.BufferStore;
import io.github.debouncedbuffer.spi.StoreTransaction;
import io.github.debouncedbuffer.spi.StoreWork;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/** Asks the database something more in each transaction. */
final class TalkativeStore extends WrappedStore {

  private final String query;

  TalkativeStore(BufferStore store, String query) {
    super(store);
    this.query = query;
  }

  @Override
  public <R> R transact(StoreWork<R> work) {
    return super.transact(
        transaction -> {
          ask(transaction);
          return work.in(transaction);
        });
  }

  private void ask(StoreTransaction transaction) {
    Connection connection = transaction.unwrap(Connection.class);
    try (PreparedStatement statement = connection.prepareStatement(query)) {
      statement.executeQuery().close();
    } catch (SQLException failed) {
      throw new IllegalStateException("Could not ask " + query, failed);
    }
  }
}
