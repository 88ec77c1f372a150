// SPDX-License-Identifier: Apache-2.0
// Copyright the DebouncedBuffer authors

package io.github.debouncedbuffer.examples.webhook.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChatOptionsTest {

  @Test
  void whatTheChildGets_isWhatWasGiven() {
    ChatOptions given =
        ChatOptions.parse(List.of("--quiet", "0.7s", "--ai-longest", "2m", "--dir", "a b"));
    assertThat(given.quiet()).isEqualTo(Duration.ofMillis(700));
    assertThat(given.aiLongest()).isEqualTo(Duration.ofMinutes(2));
    assertThat(ChatOptions.parse(given.args())).isEqualTo(given);
  }

  @Test
  void nonsense_isRefused() {
    assertThatThrownBy(() -> ChatOptions.parse(List.of("--help")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("--help is unknown or has no value");
    assertThatThrownBy(() -> ChatOptions.parse(List.of("--dir")))
        .hasMessage("--dir is unknown or has no value");
    assertThatThrownBy(() -> ChatOptions.parse(List.of("--quiet", "soon")))
        .hasMessage("soon is not a duration such as 3s or 0.5s");
  }
}
