// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SqliteOptionsTest {

  @TempDir Path directory;

  @ParameterizedTest
  @ValueSource(strings = {"PT0S", "PT-1S", "PT0.0009S", "PT1H0.001S"})
  void busyTimeoutOutOfRange_isRefused_namingValueAndRule(String timeout) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SqliteOptions.defaults().withBusyTimeout(Duration.parse(timeout)))
        .withMessageContaining("PT0.001S to PT1H");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a b", "a'b", "é", "x\n"})
  void storeIdOfOtherCharacters_isRefused(String id) {
    assertThatIllegalArgumentException().isThrownBy(() -> SqliteOptions.defaults().withStoreId(id));
  }

  @Test
  void storeId_isRandom_andKeptWhateverTheOptionsSayLater() {
    String first;
    try (SqliteBufferStore store = SqliteBufferStore.open(directory.resolve("a"))) {
      first = store.storeId();
    }
    assertThat(first).matches("[0-9a-f]{16}");
    SqliteOptions named = SqliteOptions.defaults().withStoreId("named");
    try (SqliteBufferStore store = SqliteBufferStore.open(directory.resolve("a"), named)) {
      assertThat(store.storeId()).isEqualTo(first);
    }
    try (SqliteBufferStore store = SqliteBufferStore.open(directory.resolve("b"))) {
      assertThat(store.storeId()).isNotEqualTo(first);
    }
  }
}
