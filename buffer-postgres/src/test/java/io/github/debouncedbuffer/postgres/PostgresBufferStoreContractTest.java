// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.postgres;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.debouncedbuffer.spi.BufferStore;
import io.github.debouncedbuffer.testkit.contract.BufferStoreContract;
import java.nio.file.Path;
import java.util.UUID;

/** The contract over PostgreSQL. */
class PostgresBufferStoreContractTest extends BufferStoreContract {

  @Override
  protected BufferStore open(Path directory) {
    String path = directory.toAbsolutePath().toString();
    String schema =
        "contract_" + UUID.nameUUIDFromBytes(path.getBytes(UTF_8)).toString().replace('-', '_');
    return PostgresBufferStore.open(Server.source(), PostgresOptions.defaults().withSchema(schema));
  }
}
