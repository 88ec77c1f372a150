// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package com.example.contract;

import com.example.filestore.FileBufferStore;
import io.github.debouncedbuffer.spi.BufferStore;
import io.github.debouncedbuffer.testkit.contract.BufferStoreContract;
import java.nio.file.Path;

/** All that it takes to run the contract over one's own store. */
class FileBufferStoreContractTest extends BufferStoreContract {

  @Override
  protected BufferStore open(Path directory) {
    return FileBufferStore.open(directory);
  }
}
