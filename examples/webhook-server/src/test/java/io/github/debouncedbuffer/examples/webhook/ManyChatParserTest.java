// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.examples.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ManyChatParserTest {

  private static final Inbound MESSAGE = new Inbound("instagram", "50370000001", null, "Hello");

  private static List<Inbound> parsed(String body) {
    return Posts.parsed(new ManyChatParser("instagram"), body);
  }

  @Test
  void theLastInput_isAMessageWithoutId_ofItsChannel() {
    assertThat(parsed(Posts.manyChat("50370000001", "Hello"))).containsExactly(MESSAGE);
    assertThat(MESSAGE.key()).isEqualTo("instagram:50370000001");
  }

  @Test
  void theSubscriber_mayBeNamedSo_orBeANumber() {
    assertThat(parsed("{\"subscriber_id\":50370000001,\"id\":1,\"last_input_text\":\"Hello\"}"))
        .containsExactly(MESSAGE);
    assertThat(parsed("{\"id\":50370000001,\"last_input_text\":\"Hello\"}"))
        .containsExactly(MESSAGE);
  }

  @Test
  void withoutAText_thereIsNothingToAnswer() {
    assertThat(parsed("{\"id\":\"50370000001\",\"last_input_text\":null}")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "[]",
        "{\"id\":\"50370000001\"}",
        "{\"id\":\"50370000001\",\"last_input_text\":1}",
        "{\"id\":\"\",\"last_input_text\":\"Hello\"}",
        "{\"id\":1.5,\"last_input_text\":\"Hello\"}",
        "{\"last_input_text\":\"Hello\"}"
      })
  void aWrongShape_isRefused(String body) {
    assertThatThrownBy(() -> parsed(body)).isInstanceOf(RefusedException.class);
  }
}
