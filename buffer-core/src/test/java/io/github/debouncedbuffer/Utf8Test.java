// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Text comes back as it was, or is refused. */
class Utf8Test {

  private final Codec<String> codec = Codec.utf8();

  @ParameterizedTest
  @ValueSource(
      strings = {"", "plain", "¿Señor?", "\0", "\uFFFD", "\uFFFF", "a \uD83D\uDE00 b", "字"})
  void text_comesBack(String text) throws Exception {
    assertThat(codec.encode(text)).isEqualTo(text.getBytes(StandardCharsets.UTF_8));
    assertThat(codec.decode(codec.encode(text))).isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"\uD800", "a\uDC00b", "\uD83D \uDE00", "\uDE00\uD83D"})
  void loneSurrogate_isRefused(String text) {
    assertThatThrownBy(() -> codec.encode(text)).isInstanceOf(CharacterCodingException.class);
  }

  @Test
  void malformedBytes_areRefused() {
    for (byte[] bytes :
        new byte[][] {{(byte) 0xC3}, {'a', (byte) 0xFF}, {(byte) 0xED, (byte) 0xA0, (byte) 0x80}}) {
      assertThatThrownBy(() -> codec.decode(bytes)).isInstanceOf(CharacterCodingException.class);
    }
  }
}
