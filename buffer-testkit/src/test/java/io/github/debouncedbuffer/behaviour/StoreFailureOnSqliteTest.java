// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.behaviour;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class StoreFailureOnSqliteTest extends StoreFailureBehaviour {

  @TempDir Path directory;

  @Override
  StoreFixture stores() {
    return new StoreFixture.Sqlite(directory);
  }
}
