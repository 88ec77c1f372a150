// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PostgresOptionsTest {

  private final PostgresOptions defaults = PostgresOptions.defaults();

  @Test
  void eachPart_isChangedAlone() {
    PostgresOptions all =
        defaults
            .withSchema("other")
            .withLease(Duration.ofSeconds(1))
            .withLockTimeout(Duration.ofMillis(1))
            .withSocketTimeout(Duration.ofHours(1))
            .withCompletionTimeout(Duration.ofSeconds(2))
            .withCreateSchema(false)
            .withStoreId("id");
    assertThat(all)
        .isEqualTo(
            new PostgresOptions(
                "other",
                Duration.ofSeconds(1),
                Duration.ofMillis(1),
                Duration.ofHours(1),
                Duration.ofSeconds(2),
                false,
                "id"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "A", "1a", "a-b", "a b", "a\"b", "pg_own", "a;b", "é"})
  void schemaName_thatIsNoPlainOne_isRefused(String name) {
    assertThatThrownBy(() -> defaults.withSchema(name))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("schema");
  }

  @Test
  void schemaName_hasAtMost63Characters() {
    assertThat(defaults.withSchema("a".repeat(63)).schema()).hasSize(63);
    assertThatThrownBy(() -> defaults.withSchema("a".repeat(64)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void times_outOfTheirRange_areRefused_namingValueAndRange() {
    assertThatThrownBy(() -> defaults.withLease(Duration.ofMillis(999)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("lease PT0.999S is not within PT1S to PT1H");
    assertThatThrownBy(() -> defaults.withLockTimeout(Duration.ZERO))
        .hasMessageContaining("lockTimeout PT0S");
    assertThatThrownBy(() -> defaults.withSocketTimeout(Duration.ofMinutes(61)))
        .hasMessageContaining("socketTimeout PT1H1M");
    assertThatThrownBy(() -> defaults.withCompletionTimeout(Duration.ofMillis(1)))
        .hasMessageContaining("completionTimeout");
    assertThatThrownBy(() -> defaults.withCompletionTimeout(Duration.ofSeconds(16)))
        .hasMessage("completionTimeout PT16S > socketTimeout PT15S");
  }

  @Test
  void storeId_thatMayNotBeOne_isRefused() {
    assertThatThrownBy(() -> defaults.withStoreId("a'b"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("storeId");
  }
}
