// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.postgres;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.debouncedbuffer.spi.BufferStore;
import io.github.debouncedbuffer.testkit.contract.BufferStoreContract;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The contract over a real PgBouncer in transaction mode, where there is one. */
class PgBouncerContractTest extends BufferStoreContract {

  private static @Nullable PgBouncer bouncer;

  @BeforeAll
  static void start(@TempDir Path folder) throws IOException {
    Optional<Path> program = PgBouncer.program();
    if (program.isEmpty()) {
      String missing = "PgBouncer is not installed: the contract does not run over it";
      System.err.println(missing);
      assumeTrue(false, missing);
    }
    bouncer = PgBouncer.start(program.orElseThrow(), folder);
  }

  @AfterAll
  static void stop() {
    if (bouncer != null) {
      bouncer.close();
    }
  }

  @Override
  protected BufferStore open(Path directory) {
    String path = "bounced " + directory;
    String schema =
        "bounced_" + UUID.nameUUIDFromBytes(path.getBytes(UTF_8)).toString().replace('-', '_');
    return PostgresBufferStore.open(
        bouncer.source(), PostgresOptions.defaults().withSchema(schema));
  }

  @Override
  @Test
  public void S15_listen_isToldOfAnEarlierDueTimeOfAnotherNode() {
    assumeTrue(false, "nothing is heard through it: docs/postgres.md says what is different then");
  }
}
