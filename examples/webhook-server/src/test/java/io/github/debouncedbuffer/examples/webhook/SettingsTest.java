// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.examples.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class SettingsTest {

  private static final Path FILE = Path.of("chat.db");

  @Test
  void aBlankSecret_isRefused() {
    assertThatThrownBy(() -> Settings.demo(FILE, " ", "token"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("secret");
    assertThatThrownBy(() -> Settings.demo(FILE, "secret", ""))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("verifyToken");
  }

  @Test
  void secrets_areNotInItsText() {
    assertThat(Settings.demo(FILE, "SECRET", "TOKEN").toString())
        .contains("chat.db")
        .doesNotContain("SECRET", "TOKEN");
  }

  @Test
  void anAi_takesNoTimeBelowZero_norLessThanTheShortest() {
    Duration second = Duration.ofSeconds(1);
    assertThatThrownBy(() -> new SimulatedAi(second.negated(), second))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new SimulatedAi(second, Duration.ZERO))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void faults45_faults59_theConsole_getsNoEscapes_andNoWholeNumber() {
    ByteArrayOutputStream console = new ByteArrayOutputStream();
    ConsoleOutbound outbound = new ConsoleOutbound(new PrintStream(console, true, UTF_8));
    outbound.send("wati:50370000001", "b1", "a\u001b[2J\nb");
    outbound.send("wati:12345678", "b2", "c");
    outbound.send("wati:1234567\u001b\n", "b3", "d");
    assertThat(console.toString(UTF_8).lines())
        .containsExactly("to wati:***01: a [2J b", "to wati:***: c", "to wati:***: d");
  }
}
