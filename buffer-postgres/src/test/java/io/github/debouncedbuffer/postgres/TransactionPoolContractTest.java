// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.postgres;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.debouncedbuffer.spi.BufferStore;
import io.github.debouncedbuffer.testkit.contract.BufferStoreContract;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;

/**
 * The contract over a pooler in transaction mode, without prepared statements. Nothing is heard of
 * other nodes there, so that word is left to a connection of its own.
 */
class TransactionPoolContractTest extends BufferStoreContract {

  private final Roaming pool = new Roaming(Server.unprepared());

  @AfterEach
  void closePool() throws SQLException {
    pool.close();
  }

  @Override
  protected BufferStore open(Path directory) {
    String path = "pooled " + directory;
    String schema =
        "pooled_" + UUID.nameUUIDFromBytes(path.getBytes(UTF_8)).toString().replace('-', '_');
    return PostgresBufferStore.open(pool.source(), PostgresOptions.defaults().withSchema(schema));
  }
}
