// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.contract;

import io.github.debouncedbuffer.spi.BufferStore;
import io.github.debouncedbuffer.sqlite.SqliteBufferStore;
import io.github.debouncedbuffer.testkit.contract.BufferStoreContract;
import java.nio.file.Path;

/** The contract over the SQLite store. */
class SqliteBufferStoreContractTest extends BufferStoreContract {

  @Override
  protected BufferStore open(Path directory) {
    return SqliteBufferStore.open(directory.resolve("buffer.db"));
  }
}
