// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.contract;

import io.github.debouncedbuffer.memory.InMemoryBufferStore;
import io.github.debouncedbuffer.spi.BufferStore;
import io.github.debouncedbuffer.testkit.contract.BufferStoreContract;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** The contract over the in-memory store; a restart is played by {@code reopen}. */
class InMemoryBufferStoreContractTest extends BufferStoreContract {

  private final Map<Path, InMemoryBufferStore> stores = new HashMap<>();

  @Override
  protected BufferStore open(Path directory) {
    return stores.compute(
        directory, (d, old) -> old == null ? new InMemoryBufferStore() : old.reopen());
  }
}
